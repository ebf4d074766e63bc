package io.tillpost.estate.trouble;

import io.tillpost.estate.plan.Footfall;
import io.tillpost.estate.plan.Store;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a trouble happens by its script. */
final class Timetable {
  static final long NEVER = Long.MIN_VALUE;

  private static final long MINUTE = 60_000;
  private static final long LONGEST_LEAD = 16 * 60;

  private record Span(long from, long to) {}

  private final Trouble trouble;
  private final long anchor;
  private final List<Span> spans = new ArrayList<>();

  Timetable(Trouble trouble, long anchor, List<Store> hit, int estate, Footfall footfall) {
    this.trouble = trouble;
    this.anchor = anchor;
    for (Trouble.Window window : trouble.windows()) {
      long to = anchor + window.to().toMillis();
      long from = anchor + window.from().toMillis();
      double wanted = window.leastSalesPerEstateStore() * estate;
      spans.add(new Span(wanted == 0 ? from : lead(from, to, wanted, hit, footfall), to));
    }
  }

  /** Goes back from the end until the stores may be expected to have sold often enough. */
  private static long lead(
      long latest, long to, double wanted, List<Store> hit, Footfall footfall) {
    double expected = 0;
    long from = to;
    for (int minutes = 0; minutes < LONGEST_LEAD; minutes += 10) {
      if (expected >= wanted && from <= latest) {
        break;
      }
      from -= 10 * MINUTE;
      for (Store store : hit) {
        expected += footfall.expectedPerHour(store, from) / 6;
      }
    }
    return from;
  }

  /** When the window that holds a time began, or {@link #NEVER} where none holds it. */
  long began(long at) {
    if (trouble.always()) {
      return NEVER + 1;
    }
    for (Span span : spans) {
      if (at >= span.from && at < span.to) {
        return span.from;
      }
    }
    long repeated = repeated(trouble.repeat(), at);
    return repeated != NEVER ? repeated : daily(trouble.daily(), at);
  }

  private long repeated(Trouble.@Nullable Repeat repeat, long at) {
    if (repeat == null) {
      return NEVER;
    }
    long since = at - anchor - repeat.first().toMillis();
    long into = Math.floorMod(since, repeat.every().toMillis());
    return since >= 0 && into < repeat.length().toMillis() ? at - into : NEVER;
  }

  private static long daily(Trouble.@Nullable Daily daily, long at) {
    if (daily == null) {
      return NEVER;
    }
    Instant now = Instant.ofEpochMilli(at);
    LocalDate today = LocalDate.ofInstant(now, daily.zone());
    Instant start = today.atTime(daily.at()).atZone(daily.zone()).toInstant();
    boolean inside =
        !now.isBefore(start) && ChronoUnit.MILLIS.between(start, now) < daily.length().toMillis();
    return inside ? start.toEpochMilli() : NEVER;
  }
}
