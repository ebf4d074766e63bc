package io.tillpost.elasticsearch.embedded;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** A point in time on the machine's monotonic clock, shared by the steps of one start. */
record Deadline(long nanoTime) {

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** What is left; never negative. */
  long nanosLeft() {
    return Math.max(0, nanoTime - System.nanoTime());
  }

  /** Throws, with the given words on what is still missing, once nothing is left. */
  void check(String missing) throws TimeoutException {
    if (nanosLeft() == 0) {
      throw new TimeoutException(missing);
    }
  }
}
