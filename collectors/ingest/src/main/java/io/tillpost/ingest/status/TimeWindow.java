package io.tillpost.ingest.status;

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
  /** What is wrong with the time, or null. */
  public @Nullable String problem(Instant time) {
    Instant now = clock.instant();
    if (time.isAfter(now.plus(skew))) {
      return "is more than " + skew.toMinutes() + " minutes ahead";
    }
    if (time.isBefore(now.minus(retention))) {
      return "is older than the " + retention.toDays() + " days that are kept";
    }
    return null;
  }
}
