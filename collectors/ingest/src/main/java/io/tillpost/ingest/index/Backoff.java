package io.tillpost.ingest.index;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Exponential back-off with full jitter, up to half a minute. */
final class Backoff {
  private static final long FIRST_MILLIS = 200;
  private static final long MAX_MILLIS = 30_000;

  private final RandomGenerator random;
  private long ceiling = FIRST_MILLIS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** How long to wait before the next try. */
  Duration next() {
    long wait = 1 + random.nextLong(ceiling);
    ceiling = Math.min(ceiling * 2, MAX_MILLIS);
    return Duration.ofMillis(wait);
  }

  /** A try succeeded. */
  void reset() {
    ceiling = FIRST_MILLIS;
  }
}
