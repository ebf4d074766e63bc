package io.tillpost.console.recovery;

import io.tillpost.console.security.Operator;
import io.tillpost.console.security.StoreScope;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an operation moves messages of an operator's own stores only. What was left out of it
 * moves nothing and does not count.
 */
final class OperationStores {
  private static final int REMEMBERED = 500;

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
    List<RecoveryItem> items =
        records.itemsOf(operation.id()).stream().map(Versioned::value).toList();
    Optional<String> answer = refusal(items, operator.stores());
    if (items.size() >= operation.size() && operation.summary() != null) {
      known.put(asked, answer);
      return answer;
    }
    // Search shows a list a second late. One's own was made of own stores only; of another's
    // nothing is known until all of it is seen.
    return answer.isPresent() || operation.requestedBy().equals(operator.id())
        ? answer
        : Optional.of("Its list was frozen just now; look at it, and ask again in a second.");
  }

  private static Optional<String> refusal(List<RecoveryItem> items, StoreScope stores) {
    long foreign =
        items.stream()
            .filter(item -> item.state() != ItemState.SKIPPED)
            .filter(item -> !stores.has(item.storeId()))
            .count();
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
