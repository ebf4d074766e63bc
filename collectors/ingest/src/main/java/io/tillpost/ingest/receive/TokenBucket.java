package io.tillpost.ingest.receive;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A bucket that fills with so many tokens a second, up to what comes in ten seconds. Whoever finds
 * it not empty may take more than is there; the next one waits until that debt is paid. So a batch
 * of any size gets through in time, and the rate holds over time.
 */
final class TokenBucket {
  private static final double NANOS = 1e9;
  private static final int SECONDS_OF_BURST = 10;

  private final double perSecond;
  private final LongSupplier nanoTime;
  private double level;
  private long filledAt;

  /**
   * A full bucket.
   *
   * @param perSecond positive
   * @param nanoTime counts nanoseconds from anywhere
   */
  TokenBucket(double perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.level = perSecond * SECONDS_OF_BURST;
    this.filledAt = nanoTime.getAsLong();
  }

  /** How long it stays empty; zero if there is something in it. */
  synchronized Duration emptyFor() {
    fill();
    return level > 0 ? Duration.ZERO : Duration.ofNanos((long) (-level / perSecond * NANOS) + 1);
  }

  /** Takes so many, whether they are there or not; below zero, gives them back. */
  synchronized void take(long tokens) {
    fill();
    level -= tokens;
  }

  private void fill() {
    long now = nanoTime.getAsLong();
    level = Math.min(perSecond * SECONDS_OF_BURST, level + (now - filledAt) / NANOS * perSecond);
    filledAt = now;
  }
}
