package io.tillpost.store.elasticsearch;

import io.tillpost.message.MessageEvent;
import io.tillpost.trace.Span;
import io.tillpost.trace.SpanEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

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

  /** Why the event can never be stored. */
  Optional<String> problem(MessageEvent event) {
    return problem("time", event.time()).or(() -> problem("capturedAt", event.capturedAt()));
  }

  /** Why the span can never be stored. */
  Optional<String> problem(Span span) {
    return problem("start", span.start())
        .or(
            () ->
                Stream.concat(Stream.of(span.end()), span.events().stream().map(SpanEvent::time))
                        .allMatch(RecordCheck::isDetail)
                    ? Optional.empty()
                    : Optional.of("the span has a moment that is out of all reason"));
  }

  private Optional<String> problem(String what, Instant moment) {
    Instant now = clock.instant();
    if (moment.isBefore(now.minus(oldest))) {
      return Optional.of(what + " " + moment + " is longer ago than anything is kept");
    }
    return moment.isAfter(now.plus(AHEAD))
        ? Optional.of(what + " " + moment + " lies in the future")
        : Optional.empty();
  }

  private static boolean isDetail(Instant moment) {
    return !moment.isBefore(EARLIEST_DETAIL) && moment.isBefore(LATEST_DETAIL);
  }
}
