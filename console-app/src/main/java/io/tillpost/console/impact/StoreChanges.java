package io.tillpost.console.impact;

import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.store.ImpactQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stores that trade and fell silent. Several of one region at about that time are one change. */
final class StoreChanges implements ChangeSource {
  /** Like the usual alert rule "Stores silent", so that a small store's quiet spell is no news. */
  static final Duration SILENT_AFTER = Duration.ofMinutes(30);

  private static final int MOST_ONE_BY_ONE = 2;

  private final ImpactQueries impact;
  private final StoreDirectory directory;

  StoreChanges(ImpactQueries impact, StoreDirectory directory) {
    this.impact = impact;
    this.directory = directory;
  }

  @Override
  public List<Change> between(Instant from, Instant now) {
    Map<String, Instant> heard = impact.lastHeard(from.minus(SILENT_AFTER));
    Map<String, List<Silent>> byRegion = new TreeMap<>();
    for (Store store : directory.all()) {
      Instant last = heard.get(store.id());
      if (last != null
          && !last.plus(SILENT_AFTER).isAfter(now)
          && store.isOpenAt(now)
          // All of the silence lies within trading hours; no store closes and opens that quickly.
          && store.isOpenAt(last)
          && store.isOpenAt(last.plus(SILENT_AFTER))) {
        byRegion
            .computeIfAbsent(store.region(), region -> new ArrayList<>())
            .add(new Silent(store, last.plus(SILENT_AFTER)));
      }
    }
    List<Change> changes = new ArrayList<>();
    byRegion.forEach((region, silent) -> tell(region, silent, changes));
    return changes;
  }

  private static void tell(String region, List<Silent> silent, List<Change> changes) {
    if (silent.size() <= MOST_ONE_BY_ONE) {
      silent.forEach(one -> changes.add(one.told()));
      return;
    }
    Silent latest = silent.stream().max(Comparator.comparing(Silent::since)).orElseThrow();
    changes.add(
        new Change(
            latest.since(),
            "%,d stores in %s fell silent, %s %s the latest"
                .formatted(silent.size(), region, latest.store().id(), latest.store().name()),
            false,
            "messages?store=" + latest.store().id()));
  }

  private record Silent(Store store, Instant since) {
    Change told() {
      return new Change(
          since,
          "Store %s %s fell silent: nothing heard for %d minutes while it is open"
              .formatted(store.id(), store.name(), SILENT_AFTER.toMinutes()),
          false,
          "messages?store=" + store.id());
    }
  }
}
