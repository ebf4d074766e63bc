package io.tillpost.console.recovery.target;

import java.time.Duration;
import java.time.Instant;

/**
 * Spreads messages evenly over time. What was missed is caught up for a quarter of a second at
 * most, so that a busy machine does not lower the rate and an idle one does not make a burst.
 */
public final class Pulse {
  private static final Duration CATCH_UP = Duration.ofMillis(250);
  private static final double NANOS = 1_000_000_000d;

  private Instant next = Instant.MIN;

  /** Whether the next message may go now. */
  public boolean ready(Instant now) {
    return !now.isBefore(next);
  }

  /**
   * A message goes now.
   *
   * @param rate messages a second
   */
  public void beat(Instant now, double rate) {
    Instant earliest = now.minus(CATCH_UP);
    Instant from = next.isBefore(earliest) ? now : next;
    next = from.plusNanos(Math.max(1, Math.round(NANOS / rate)));
  }
}
