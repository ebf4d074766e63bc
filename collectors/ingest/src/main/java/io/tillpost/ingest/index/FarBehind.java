package io.tillpost.ingest.index;

import java.time.Duration;

/**
 * From where on what comes in overtakes what waits.
 *
 * @param records more than so many wait
 * @param time for longer than this; less is a burst that is soon over
 */
record FarBehind(long records, Duration time) {
  /** A second of work and more. */
  static final FarBehind USUAL = new FarBehind(50_000, Duration.ofSeconds(2));

  /** So many times as much is a long wait to come. */
  private static final int TOO_MUCH_FOR_A_BURST = 3;

  boolean isExceededBy(long waiting) {
    return waiting > records;
  }

  /** However short a time it has waited. */
  boolean isMoreThanABurst(long waiting) {
    return waiting / TOO_MUCH_FOR_A_BURST > records;
  }

  boolean isLong(Duration waited) {
    return waited.compareTo(time) > 0;
  }
}
