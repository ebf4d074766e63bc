package io.tillpost.store.elasticsearch;

import io.tillpost.trace.Span;
import io.tillpost.trace.SpanEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Refuses moments that no clock in its right mind shows. Each new day makes an index, so that a
 * till that believes it is 1970 must not get one.
 */
final class RecordCheck {
  private static final Duration AHEAD = Duration.ofDays(1);
  private static final Instant EARLIEST_DETAIL = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST_DETAIL = Instant.parse("2261-01-01T00:00:00Z");

  private final Clock clock;
  private final Duration oldest;

  RecordCheck(Clock clock, Duration oldest) {
    this.clock = clock;
    this.oldest = oldest;
  }

  /** The check as of now, for the records of one batch. */
  Bounds now() {
    Instant now = clock.instant();
    return new Bounds(now.minus(oldest), now.plus(AHEAD));
  }

  /** What moments are believed now. */
  record Bounds(Instant earliest, Instant latest) {
    /** Why an event of these moments can never be stored, or null. */
    @Nullable String problem(Instant time, Instant capturedAt) {
      String problem = problem("time", time);
      return problem != null ? problem : problem("capturedAt", capturedAt);
    }

    /** Why the span can never be stored, or null. */
    @Nullable String problem(Span span) {
      String problem = startProblem(span.start());
      if (problem != null) {
        return problem;
      }
      boolean reasonable = isDetail(span.end());
      for (SpanEvent event : span.events()) {
        reasonable &= isDetail(event.time());
      }
      return reasonable ? null : "the span has a moment that is out of all reason";
    }

    /** Why a span that starts then can never be stored, or null. */
    @Nullable String startProblem(Instant start) {
      return problem("start", start);
    }

    private @Nullable String problem(String what, Instant moment) {
      if (moment.isBefore(earliest)) {
        return what + " " + moment + " is longer ago than anything is kept";
      }
      return moment.isAfter(latest) ? what + " " + moment + " lies in the future" : null;
    }

    private static boolean isDetail(Instant moment) {
      return !moment.isBefore(EARLIEST_DETAIL) && moment.isBefore(LATEST_DETAIL);
    }
  }
}
