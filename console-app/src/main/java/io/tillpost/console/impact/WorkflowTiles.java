package io.tillpost.console.impact;

import io.tillpost.message.ImpactKind;
import io.tillpost.message.Workflows;
import io.tillpost.store.ImpactQueries;
import io.tillpost.store.ImpactQueries.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tiles that count stuck messages of workflows by what their delay means. */
final class WorkflowTiles {
  private static final Duration TREND = Duration.ofHours(6);
  private static final Duration TREND_STEP = Duration.ofMinutes(15);

  private final ImpactQueries queries;
  private final Workflows workflows;

  WorkflowTiles(ImpactQueries queries, Workflows workflows) {
    this.queries = queries;
    this.workflows = workflows;
  }

  List<Tile> of(List<Slice> slices, Instant now) {
    return List.of(unsent(slices, now), returns(slices, now), inventory(slices, now));
  }

  private Tile unsent(List<Slice> all, Instant now) {
    List<Slice> slices = of(ImpactKind.UNSENT_TRANSACTIONS, all);
    long stores = Slices.stores(slices);
    long messages = Slices.messages(slices);
    long atStore = Slices.messages(slices.stream().filter(s -> !s.reachedMiddleware()).toList());
    String detail =
        messages == 0
            ? "Every store's transactions have arrived"
            : "%,d %s: %,d still at the store, %,d stuck on the way"
                .formatted(
                    messages,
                    messages == 1 ? "transaction" : "transactions",
                    atStore,
                    messages - atStore);
    return tile(
        "stores-with-unsent-transactions",
        "Stores with unsent transactions",
        stores,
        ImpactKind.UNSENT_TRANSACTIONS,
        slices,
        detail,
        now);
  }

  private Tile returns(List<Slice> all, Instant now) {
    List<Slice> slices = of(ImpactKind.RETURNS_AWAITING_CONFIRMATION, all);
    long messages = Slices.messages(slices);
    return tile(
        "returns-awaiting-confirmation",
        "Returns awaiting ERP confirmation",
        messages,
        ImpactKind.RETURNS_AWAITING_CONFIRMATION,
        slices,
        messages == 0
            ? "The ERP has confirmed every return"
            : "%s with the ERP unaware of refunds paid out".formatted(stores(slices)),
        now);
  }

  private Tile inventory(List<Slice> all, Instant now) {
    List<Slice> slices = of(ImpactKind.INVENTORY_DELAYED, all);
    long messages = Slices.messages(slices);
    return tile(
        "inventory-updates-delayed",
        "Inventory updates delayed",
        messages,
        ImpactKind.INVENTORY_DELAYED,
        slices,
        messages == 0
            ? "Stock figures are up to date"
            : "Stock is wrong at %s until these arrive".formatted(stores(slices)),
        now);
  }

  private static String stores(List<Slice> slices) {
    long stores = Slices.stores(slices);
    return stores == 1 ? "1 store" : "%,d stores".formatted(stores);
  }

  private Tile tile(
      String id,
      String title,
      long count,
      ImpactKind kind,
      List<Slice> slices,
      String detail,
      Instant now) {
    Set<String> names = new HashSet<>(workflows.named(kind));
    @Nullable Instant oldest = Slices.oldest(slices);
    return new Tile(
        id,
        title,
        count,
        Slices.messages(slices),
        Slices.money(slices),
        oldest,
        level(slices, oldest, now),
        detail,
        names.isEmpty() ? List.of() : queries.trend(names, now.minus(TREND), now, TREND_STEP),
        href(names),
        List.of());
  }

  private static ImpactLevel level(List<Slice> slices, @Nullable Instant oldest, Instant now) {
    return oldest == null
        ? ImpactLevel.OK
        : ImpactLevel.ofStore(Slices.messages(slices), Duration.between(oldest, now));
  }

  private static String href(Set<String> names) {
    return names.stream()
        .sorted()
        .map(name -> "&workflow=" + name)
        .collect(Collectors.joining("", "messages?attention=true", ""));
  }

  private List<Slice> of(ImpactKind kind, List<Slice> slices) {
    return slices.stream().filter(s -> workflows.get(s.workflow()).impact() == kind).toList();
  }
}
