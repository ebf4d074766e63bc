package io.tillpost.ingest.receive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which times are believed: not older than what is kept, because an index for them would be dropped
 * at once, and not ahead of our clock.
 *
 * @param clock ours
 * @param retention how long data is kept
 * @param skew how far a sender's clock may be ahead
 */
public record TimeWindow(Clock clock, Duration retention, Duration skew) {
  private static final String AHEAD = " minutes ahead";
  private static final String KEPT = " days that are kept";

  /** Whether the reason of a refusal is one of {@link #problem}. */
  static boolean isProblem(String reason) {
    return reason.endsWith(AHEAD) || reason.endsWith(KEPT);
  }

  /** What is wrong with the time, or null. */
  public @Nullable String problem(Instant time) {
    Instant now = clock.instant();
    if (time.isAfter(now.plus(skew))) {
      return "is more than " + skew.toMinutes() + AHEAD;
    }
    if (time.isBefore(now.minus(retention))) {
      return "is older than the " + retention.toDays() + KEPT;
    }
    return null;
  }
}
