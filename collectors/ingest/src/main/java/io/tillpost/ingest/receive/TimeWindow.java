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
    Bounds now = now();
    if (time.isAfter(now.latest())) {
      return "is more than " + skew.toMinutes() + AHEAD;
    }
    if (time.isBefore(now.earliest())) {
      return "is older than the " + retention.toDays() + KEPT;
    }
    return null;
  }

  /** As it is now, for all times of a request: asking the clock for each of them takes longer. */
  public Bounds now() {
    Instant now = clock.instant();
    return new Bounds(now.minus(retention), now.plus(skew));
  }

  /**
   * Times that are believed.
   *
   * @param earliest the first of them
   * @param latest the last of them
   */
  public record Bounds(Instant earliest, Instant latest) {
    /** Whether {@link #problem} has nothing to say of the time. */
    public boolean hold(Instant time) {
      return !time.isAfter(latest) && !time.isBefore(earliest);
    }
  }
}
