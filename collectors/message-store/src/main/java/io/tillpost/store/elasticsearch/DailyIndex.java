package io.tillpost.store.elasticsearch;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names of the indices of one kind of data, one for each UTC day of event time: {@code
 * tillpost-events-2026.11.23}. The place where they are made and taken apart.
 *
 * @param base prefix and kind with a hyphen at the end, like {@code tillpost-events-}
 */
record DailyIndex(String base) {
  /** Beyond this many days a request names all indices of the kind and lets the shards decide. */
  private static final int MAX_NAMED_DAYS = 10;

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu.MM.dd");

  /** The indices of a kind of data below a prefix. */
  static DailyIndex of(String prefix, String kind) {
    return new DailyIndex(prefix + kind + "-");
  }

  /** The index of the day of this moment. */
  String at(Instant moment) {
    return on(moment.atOffset(ZoneOffset.UTC).toLocalDate());
  }

  /** The index of this day. */
  String on(LocalDate day) {
    return base + DAY.format(day);
  }

  /** The day of an index of this kind; empty for any other name. */
  Optional<LocalDate> day(String index) {
    if (!index.startsWith(base)) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(index.substring(base.length()), DAY));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** All indices of the kind, as a pattern. */
  String all() {
    return base + "*";
  }

  /** The indices from the one moment to before the other, as a list or a pattern; null is open. */
  String between(@Nullable Instant from, @Nullable Instant to) {
    if (from == null || to == null || !from.isBefore(to)) {
      return all();
    }
    LocalDate first = from.atOffset(ZoneOffset.UTC).toLocalDate();
    LocalDate last = to.minusNanos(1).atOffset(ZoneOffset.UTC).toLocalDate();
    return ChronoUnit.DAYS.between(first, last) >= MAX_NAMED_DAYS
        ? all()
        : first.datesUntil(last.plusDays(1)).map(this::on).collect(Collectors.joining(","));
  }
}
