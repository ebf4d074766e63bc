package io.tillpost.console.recovery;

import io.tillpost.console.security.Operator;
import io.tillpost.console.security.StoreScope;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Whether an operation moves messages of an operator's own stores only. What was left out of it
 * moves nothing and does not count.
 */
final class OperationStores {
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

  OperationStores(RecoveryRecords records) {
    this.records = records;
  }

  /** Why the operator may not steer or approve it, in sentences; empty if they may. */
  Optional<String> refusal(RecoveryOperation operation, Operator operator) {
    if (!operator.stores().isBound()) {
      return Optional.empty();
    }
    Asked asked = new Asked(operation.id(), operator.stores());
    Optional<String> before = known.get(asked);
    if (before != null) {
      return before;
    }
    DocumentQuery all = DocumentQuery.ALL.where("operation_id", operation.id());
    // Asked before the stores are: what is seen now is seen then.
    boolean whole = operation.summary() != null && records.items().count(all) >= operation.size();
    Optional<String> answer = refusal(foreign(all, operator.stores()), operator.stores());
    if (whole) {
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
   * How many messages of other stores it moves. Those that are being written meanwhile may count
   * twice, none is left out.
   */
  private long foreign(DocumentQuery all, StoreScope stores) {
    DocumentQuery moved = all.and(new Condition.NoneOf("state", Set.of(ItemState.SKIPPED.name())));
    // Messages that name no store, and items from before the store could be asked for. An item gets
    // the field when it is written again, so these come first.
    long foreign = foreignOfEach(moved.and(new Condition.Missing(STORE)), stores);
    Map<String, Long> byStore = records.items().countBy(STORE, moved);
    if (byStore.size() >= MOST_STORES) {
      return foreignOfEach(moved, stores);
    }
    return foreign
        + byStore.entrySet().stream()
            .filter(store -> !stores.has(store.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
  }

  private long foreignOfEach(DocumentQuery which, StoreScope stores) {
    LongAdder foreign = new LongAdder();
    records
        .items()
        .findAll(
            which.page(PAGE, null),
            part ->
                foreign.add(
                    part.stream().filter(item -> !stores.has(item.value().storeId())).count()));
    return foreign.sum();
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
