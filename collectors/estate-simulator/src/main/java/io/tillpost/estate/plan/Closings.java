package io.tillpost.estate.plan;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** When each store closes its day; one that never closes does it after midnight. */
final class Closings {
  private static final long DAY = 86_400_000;

  private final List<Store> stores;
  private final long seed;
  private long day = Long.MIN_VALUE;
  private List<Arrival> ofDay = List.of();

  Closings(List<Store> stores, long seed) {
    this.stores = stores;
    this.seed = seed;
  }

  void between(long from, long to, List<Arrival> into) {
    for (long at = Math.floorDiv(from, DAY); at <= Math.floorDiv(to, DAY); at++) {
      moveTo(at);
      for (Arrival closing : ofDay) {
        if (closing.at() > to) {
          break;
        }
        if (closing.at() > from) {
          into.add(closing);
        }
      }
    }
  }

  private void moveTo(long wanted) {
    if (wanted == day) {
      return;
    }
    day = wanted;
    List<Arrival> found = new ArrayList<>();
    LocalDate date = LocalDate.ofEpochDay(wanted);
    for (Store store : stores) {
      for (int offset = -1; offset <= 1; offset++) {
        Arrival closing = closing(store, date.plusDays(offset));
        if (Math.floorDiv(closing.at(), DAY) == wanted) {
          found.add(closing);
        }
      }
    }
    found.sort(Comparator.comparingLong(Arrival::at));
    ofDay = found;
  }

  private Arrival closing(Store store, LocalDate date) {
    Dice dice = Dice.of(seed + store.number(), date.toEpochDay(), "closing");
    LocalDateTime end =
        store.neverCloses()
            ? LocalDateTime.of(date.plusDays(1), LocalTime.MIDNIGHT)
            : LocalDateTime.of(date, store.closes());
    long at =
        end.plusSeconds(dice.between(300, 2_400))
            .atZone(store.zone())
            .withZoneSameInstant(ZoneOffset.UTC)
            .toInstant()
            .toEpochMilli();
    return new Arrival(at, store, 0, date, Arrival.Kind.END_OF_DAY);
  }
}
