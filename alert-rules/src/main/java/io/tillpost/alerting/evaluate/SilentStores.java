package io.tillpost.alerting.evaluate;

import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.MoneySum;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds stores that trade and were not heard of. Several of one region are one alert: they mostly
 * have one cause.
 */
final class SilentStores {
  /** A store that was silent for longer reads as silent since then. */
  private static final Duration FURTHEST = Duration.ofHours(24);

  private static final Comparator<AffectedStore> LONGEST_FIRST =
      Comparator.comparing(AffectedStore::oldest, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(AffectedStore::storeId);

  private final StoreDirectory directory;

  SilentStores(StoreDirectory directory) {
    this.directory = directory;
  }

  /**
   * The silent stores by region.
   *
   * @param over nothing heard for this long, all of it within trading hours
   */
  List<Measurement> measure(Duration over, Round round) {
    Instant now = round.now();
    Map<String, Instant> heard = round.lastHeard(FURTHEST);
    Map<String, List<AffectedStore>> regions = new LinkedHashMap<>();
    for (Store store : directory.all()) {
      // Both ends open is enough: no store closes and opens again within a shorter window.
      if (store.isOpenAt(now) && store.isOpenAt(now.minus(over))) {
        Instant last = heard.getOrDefault(store.id(), now.minus(FURTHEST));
        if (last.isBefore(now.minus(over))) {
          regions
              .computeIfAbsent(store.region(), r -> new ArrayList<>())
              .add(new AffectedStore(store.id(), store.name(), 0, MoneySum.NONE, last));
        }
      }
    }
    return regions.entrySet().stream().map(e -> measurement(e.getKey(), e.getValue())).toList();
  }

  private static Measurement measurement(String region, List<AffectedStore> silent) {
    List<AffectedStore> sorted = silent.stream().sorted(LONGEST_FIRST).toList();
    int named = Math.min(sorted.size(), Reading.MOST_STORES);
    return new Measurement(
        region,
        region,
        new Reading(
            sorted.size(),
            MoneySum.NONE,
            Objects.requireNonNull(sorted.getFirst().oldest()),
            null,
            null,
            sorted.subList(0, named),
            sorted.size() - named));
  }
}
