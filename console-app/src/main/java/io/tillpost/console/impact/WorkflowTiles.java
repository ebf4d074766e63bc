package io.tillpost.console.impact;

import io.tillpost.console.text.CountText;
import io.tillpost.message.ImpactKind;
import io.tillpost.message.Workflows;
import io.tillpost.store.ImpactQueries;
import io.tillpost.store.ImpactQueries.Point;
import io.tillpost.store.ImpactQueries.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tiles that count stuck messages of workflows by what their delay means. */
final class WorkflowTiles {
  private static final Duration TREND = Duration.ofHours(6);
  private static final Duration TREND_STEP = Duration.ofMinutes(15);

  private static final List<ImpactKind> KINDS =
      List.of(
          ImpactKind.UNSENT_TRANSACTIONS,
          ImpactKind.RETURNS_AWAITING_CONFIRMATION,
          ImpactKind.INVENTORY_DELAYED);

  private final Instant now;
  private final Workflows workflows;
  private final Map<ImpactKind, List<Point>> trends;

  private WorkflowTiles(Instant now, Workflows workflows, Map<ImpactKind, List<Point>> trends) {
    this.now = now;
    this.workflows = workflows;
    this.trends = trends;
  }

  /** Asks for the trends up to now, all at once. */
  static WorkflowTiles at(Instant now, ImpactQueries queries, Workflows workflows) {
    List<ImpactKind> kinds = KINDS.stream().filter(k -> !workflows.named(k).isEmpty()).toList();
    Map<ImpactKind, List<Point>> trends = new EnumMap<>(ImpactKind.class);
    if (!kinds.isEmpty()) {
      List<Set<String>> names = kinds.stream().map(k -> Set.copyOf(workflows.named(k))).toList();
      Iterator<List<Point>> found =
          queries.trends(names, now.minus(TREND), now, TREND_STEP).iterator();
      kinds.forEach(kind -> trends.put(kind, found.next()));
    }
    return new WorkflowTiles(now, workflows, trends);
  }

  List<Tile> of(List<Slice> slices) {
    return List.of(unsent(slices), returns(slices), inventory(slices));
  }

  private Tile unsent(List<Slice> all) {
    List<Slice> slices = of(ImpactKind.UNSENT_TRANSACTIONS, all);
    long stores = Slices.stores(slices);
    long messages = Slices.messages(slices);
    long atStore = Slices.messages(slices.stream().filter(s -> !s.reachedMiddleware()).toList());
    String detail =
        messages == 0
            ? "Every store's transactions have arrived"
            : "%s: %,d still at the store, %,d stuck on the way"
                .formatted(CountText.of(messages, "transaction"), atStore, messages - atStore);
    return tile(
        "stores-with-unsent-transactions",
        "Stores with unsent transactions",
        stores,
        ImpactKind.UNSENT_TRANSACTIONS,
        slices,
        detail);
  }

  private Tile returns(List<Slice> all) {
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
            : "%s with the ERP unaware of refunds paid out".formatted(stores(slices)));
  }

  private Tile inventory(List<Slice> all) {
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
            : "Stock is wrong at %s until these arrive".formatted(stores(slices)));
  }

  private static String stores(List<Slice> slices) {
    return CountText.of(Slices.stores(slices), "store");
  }

  private Tile tile(
      String id, String title, long count, ImpactKind kind, List<Slice> slices, String detail) {
    Set<String> names = new HashSet<>(workflows.named(kind));
    @Nullable Instant oldest = Slices.oldest(slices);
    return new Tile(
        id,
        title,
        count,
        Slices.messages(slices),
        Slices.money(slices),
        oldest,
        level(slices, oldest),
        detail,
        trends.getOrDefault(kind, List.of()),
        href(names),
        List.of());
  }

  private ImpactLevel level(List<Slice> slices, @Nullable Instant oldest) {
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
