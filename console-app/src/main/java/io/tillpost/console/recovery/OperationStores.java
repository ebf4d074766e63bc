package io.tillpost.console.recovery;

import io.tillpost.console.security.Operator;
import io.tillpost.console.security.StoreScope;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Whether an operation moves messages of an operator's own stores only. What was left out of it
 * moves nothing and does not count.
 */
public final class OperationStores {
  private static final int REMEMBERED = 500;
  private static final String STORE = "message.store_id";

  /** Of so many values not all may have been told. */
  private static final int MOST_STORES = 10_000;

  private static final int PAGE = 2_000;

  private final RecoveryRecords records;

  /** A list does not change once it is frozen, and a page that shows it asks every second. */
  private final Map<Asked, Optional<String>> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Asked, Optional<String>> eldest) {
              return size() > REMEMBERED;
            }
          });

  public OperationStores(RecoveryRecords records) {
    this.records = records;
  }

  /** Why the operator may not steer or approve it, in sentences; empty if they may. */
  public Optional<String> refusal(RecoveryOperation operation, Operator operator) {
    if (!operator.stores().isBound()) {
      return Optional.empty();
    }
    Asked asked = new Asked(operation.id(), operator.stores());
    Optional<String> before = known.get(asked);
    if (before != null) {
      return before;
    }
    Counted counted = counted(operation, operator.stores());
    Optional<String> answer = refusal(counted.foreign(), operator.stores());
    if (counted.whole()) {
      known.put(asked, answer);
      return answer;
    }
    // Search shows a list a second late. One's own was made of own stores only; of another's
    // nothing is known until all of it is seen.
    return answer.isPresent() || operation.requestedBy().equals(operator.id())
        ? answer
        : Optional.of("Its list was frozen just now; look at it, and ask again in a second.");
  }

  /**
   * How many messages of other stores it moves.
   *
   * @param whole whether all items of the list were there to be counted, and so for ever
   */
  private record Counted(long foreign, boolean whole) {}

  /**
   * Each search may be answered by another copy of the index, and a young one knows fewer items. So
   * whether the list is whole is told by the same answer as its stores are, never by one before.
   */
  private Counted counted(RecoveryOperation operation, StoreScope stores) {
    DocumentQuery all = DocumentQuery.ALL.where("operation_id", operation.id());
    Map<String, Long> byStore = records.items().countBy(STORE, all);
    if (byStore.size() >= MOST_STORES || sum(byStore, _ -> true) < operation.size()) {
      // Messages that name no store, and items from before the store could be asked for; or a list
      // that is not seen as a whole yet.
      return read(all, operation, stores);
    }
    boolean frozen = operation.summary() != null;
    long foreign = sum(byStore, store -> !stores.has(store));
    if (foreign == 0) {
      return new Counted(0, frozen);
    }
    // Of those that were left out a young copy knows fewer, which refuses too much for a moment.
    long leftOut =
        sum(
            records.items().countBy(STORE, all.where("state", ItemState.SKIPPED.name())),
            store -> !stores.has(store));
    long moved =
        sum(
            records
                .items()
                .countBy(
                    STORE,
                    all.and(new Condition.NoneOf("state", Set.of(ItemState.SKIPPED.name())))),
            store -> !stores.has(store));
    return new Counted(foreign - leftOut, frozen && leftOut + moved == foreign);
  }

  /** The same of each item by itself. */
  private Counted read(DocumentQuery all, RecoveryOperation operation, StoreScope stores) {
    Set<String> seen = new HashSet<>();
    LongAdder foreign = new LongAdder();
    records
        .items()
        .findAll(
            all.page(PAGE, null),
            part ->
                part.stream()
                    .filter(item -> seen.add(item.id()))
                    .filter(item -> item.value().state() != ItemState.SKIPPED)
                    .filter(item -> !stores.has(item.value().storeId()))
                    .forEach(_ -> foreign.increment()));
    return new Counted(
        foreign.sum(), operation.summary() != null && seen.size() >= operation.size());
  }

  private static long sum(Map<String, Long> byStore, Predicate<String> which) {
    return byStore.entrySet().stream()
        .filter(store -> which.test(store.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static Optional<String> refusal(long foreign, StoreScope stores) {
    return foreign == 0
        ? Optional.empty()
        : Optional.of(
            "%s of stores that are not yours: you work for %s. Ask a colleague who works for all of its stores."
                .formatted(
                    foreign == 1
                        ? "1 of its messages is"
                        : "%,d of its messages are".formatted(foreign),
                    stores.words()));
  }

  private record Asked(String operationId, StoreScope stores) {}
}
