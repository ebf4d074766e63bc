package io.tillpost.store.memory;

import static java.util.Comparator.naturalOrder;

import io.tillpost.message.MoneySum;
import io.tillpost.store.ImpactQueries.Point;
import io.tillpost.store.Messages.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is added up over messages. */
final class Sums {
  private Sums() {}

  static MoneySum money(Collection<StoredMessage> messages) {
    return messages.stream()
        .flatMap(m -> Stream.ofNullable(m.message().amount()))
        .map(MoneySum::of)
        .reduce(MoneySum.NONE, MoneySum::plus);
  }

  static Instant oldest(Collection<StoredMessage> messages) {
    return messages.stream().map(m -> m.message().capturedAt()).min(naturalOrder()).orElseThrow();
  }

  /** A point for each step: its beginning and its end are given, the last one is cut at the end. */
  static List<Point> points(Instant from, Instant to, Duration step, Function<Step, Point> point) {
    List<Point> points = new ArrayList<>();
    long millis = step.toMillis();
    Instant start = Instant.ofEpochMilli(Math.floorDiv(from.toEpochMilli(), millis) * millis);
    while (start.isBefore(to)) {
      Instant end = start.plus(step);
      points.add(point.apply(new Step(start, end.isAfter(to) ? to : end)));
      start = end;
    }
    return points;
  }

  record Step(Instant start, Instant end) {}
}
