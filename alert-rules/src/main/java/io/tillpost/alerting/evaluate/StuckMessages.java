package io.tillpost.alerting.evaluate;

import io.tillpost.alerting.rule.Measure;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.MoneySum;
import io.tillpost.store.ImpactQueries.Slice;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up the messages of one group that need attention, store by store. */
final class StuckMessages {
  private static final String NO_STORE = "";

  /** More messages first, then the older. */
  private static final Comparator<AffectedStore> WORST_FIRST =
      Comparator.comparingLong(AffectedStore::count)
          .reversed()
          .thenComparing(AffectedStore::oldest, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(AffectedStore::storeId);

  private final StoreDirectory directory;
  private final Map<String, AffectedStore> stores = new LinkedHashMap<>();
  private long count;
  private MoneySum money = MoneySum.NONE;
  private @Nullable Instant oldest;

  StuckMessages(StoreDirectory directory) {
    this.directory = directory;
  }

  void add(Slice slice) {
    count += slice.count();
    money = money.plus(slice.money());
    oldest = earlier(oldest, slice.oldest());
    String id = slice.storeId() == null ? NO_STORE : slice.storeId();
    AffectedStore before = stores.get(id);
    stores.put(
        id,
        before == null
            ? new AffectedStore(id, name(id), slice.count(), slice.money(), slice.oldest())
            : new AffectedStore(
                id,
                before.name(),
                before.count() + slice.count(),
                before.money().plus(slice.money()),
                earlier(before.oldest(), slice.oldest())));
  }

  Reading reading(Measure measure) {
    List<AffectedStore> worst =
        stores.values().stream()
            .filter(store -> !store.storeId().equals(NO_STORE))
            .sorted(WORST_FIRST)
            .toList();
    int named = Math.min(worst.size(), Reading.MOST_STORES);
    return new Reading(
        measure == Measure.STORES_WITH_UNSENT_TRANSACTIONS ? worst.size() : count,
        money,
        oldest,
        null,
        null,
        worst.subList(0, named),
        worst.size() - named);
  }

  private String name(String id) {
    return directory.find(id).map(Store::name).orElse(id);
  }

  private static Instant earlier(@Nullable Instant a, Instant b) {
    return a == null || b.isBefore(a) ? b : a;
  }
}
