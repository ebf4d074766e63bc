package io.tillpost.console.exceptions;

import io.tillpost.failure.Fingerprint;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.ImpactQueries.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An exception that grows fast: at least {@value #LEAST} of its messages failed within the last
 * hour, and at least three times as many as in an hour of the five before.
 *
 * @param lastHour messages that failed in the last hour
 * @param before messages that failed in the five hours before
 */
record Growth(long lastHour, long before) {
  /** Fewer new failures than this are no growth to speak of. */
  static final long LEAST = 10;

  /** What is new: also how long somebody who looked at it has until it is said again. */
  static final Duration WINDOW = Duration.ofHours(1);

  private static final int HOURS_BEFORE = 5;
  private static final int TIMES = 3;

  /** Which of these grow fast, with how. */
  static Map<Fingerprint, Growth> of(
      FailureQueries failures, Set<Fingerprint> fingerprints, Instant now) {
    Duration step = Duration.ofMinutes(10);
    Instant from = now.minus(WINDOW.multipliedBy(HOURS_BEFORE + 1));
    Map<Fingerprint, Growth> growing = new HashMap<>();
    failures
        .histories(fingerprints, from, now, step)
        .forEach(
            (fingerprint, history) ->
                of(history, now.minus(WINDOW)).ifPresent(g -> growing.put(fingerprint, g)));
    return growing;
  }

  private static Optional<Growth> of(List<Point> history, Instant since) {
    long lastHour = 0;
    long before = 0;
    for (Point point : history) {
      if (point.time().isBefore(since)) {
        before += point.count();
      } else {
        lastHour += point.count();
      }
    }
    return lastHour >= LEAST && lastHour * HOURS_BEFORE >= TIMES * before
        ? Optional.of(new Growth(lastHour, before))
        : Optional.empty();
  }

  /** As a step of the history. */
  String words() {
    return "grows fast: %,d messages failed within an hour, %,d in the five hours before"
        .formatted(lastHour, before);
  }
}
