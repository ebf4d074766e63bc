package io.tillpost.console.impact;

import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Workflows;
import io.tillpost.store.ImpactQueries.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up slices store by store. */
final class StoreImpacts {
  private static final Comparator<StoreImpact> WORST_FIRST =
      Comparator.comparing(StoreImpact::level)
          .thenComparingLong(StoreImpact::messages)
          .reversed()
          .thenComparing(StoreImpact::storeId);

  private StoreImpacts() {}

  /** Every store of the directory and every store that a slice names, worst first. */
  static List<StoreImpact> of(
      List<Slice> slices, StoreDirectory directory, Workflows workflows, Instant now) {
    Map<String, List<Slice>> byStore = new LinkedHashMap<>();
    directory.all().forEach(store -> byStore.put(store.id(), new ArrayList<>()));
    for (Slice slice : slices) {
      if (slice.storeId() != null) {
        byStore.computeIfAbsent(slice.storeId(), id -> new ArrayList<>()).add(slice);
      }
    }
    return byStore.entrySet().stream()
        .map(e -> one(e.getKey(), e.getValue(), directory, workflows, now))
        .sorted(WORST_FIRST)
        .toList();
  }

  private static StoreImpact one(
      String storeId,
      List<Slice> slices,
      StoreDirectory directory,
      Workflows workflows,
      Instant now) {
    TreeMap<String, Long> byWorkflow = new TreeMap<>();
    slices.forEach(
        s -> byWorkflow.merge(workflows.get(s.workflow()).title(), s.count(), Long::sum));
    @Nullable Instant oldest = Slices.oldest(slices);
    long messages = Slices.messages(slices);
    Duration age = oldest == null ? Duration.ZERO : Duration.between(oldest, now);
    return new StoreImpact(
        storeId,
        directory.find(storeId).map(Store::name).orElse("Store " + storeId),
        directory.regionOf(storeId),
        ImpactLevel.ofStore(messages, age),
        messages,
        Slices.messages(slices.stream().filter(s -> !s.reachedMiddleware()).toList()),
        Slices.messages(slices.stream().filter(Slice::failed).toList()),
        Slices.money(slices),
        oldest,
        byWorkflow);
  }
}
