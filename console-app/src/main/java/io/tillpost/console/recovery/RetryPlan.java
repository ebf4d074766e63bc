package io.tillpost.console.recovery;

import io.tillpost.message.Message;
import io.tillpost.recovery.RecoveryClaim;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Freezes the list of an operation: one item for each message, with the attempt it will make. */
final class RetryPlan {
  private static final int CHUNK = 500;
  private static final int MOST_CLAIMS = 10_000;

  private final RecoveryRecords records;
  private final Clock clock;

  RetryPlan(RecoveryRecords records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  /**
   * Writes the items and lets the operation run.
   *
   * @param operation as it was created
   * @param messages by id, in the order in which they were found; at least one
   * @return the running operation, or empty where it was given up meanwhile
   */
  Optional<RecoveryOperation> freeze(RecoveryOperation operation, Map<String, Message> messages) {
    Instant now = clock.instant();
    Map<String, Integer> claimed = claimed(List.copyOf(messages.keySet()));
    Map<String, RecoveryItem> items = new LinkedHashMap<>();
    messages.forEach(
        (id, message) -> {
          int known = message.currentAttempt().number();
          int attempt = Math.max(known, claimed.getOrDefault(id, 0)) + 1;
          items.put(
              RecoveryItem.id(operation.id(), id),
              RecoveryItem.planned(
                  operation.id(), id, message.workflow(), message.storeId(), attempt, now));
        });
    records.items().createAll(items);
    return running(operation.id(), items.size());
  }

  private Optional<RecoveryOperation> running(String operationId, int size) {
    Versioned<RecoveryOperation> planned =
        records
            .operations()
            .get(operationId)
            .orElseThrow(() -> new IllegalStateException("Operation " + operationId + " is gone"));
    return planned
        .value()
        .frozen(size, clock.instant())
        .filter(next -> records.operations().replace(planned, next));
  }

  /**
   * The highest attempt claimed for each message. A search may miss a claim of the last second:
   * then the attempt planned here is claimed already, and the item is skipped when it comes to its
   * turn.
   */
  private Map<String, Integer> claimed(List<String> messageIds) {
    Map<String, Integer> highest = new HashMap<>();
    for (int from = 0; from < messageIds.size(); from += CHUNK) {
      Set<String> chunk =
          messageIds.subList(from, Math.min(messageIds.size(), from + CHUNK)).stream()
              .collect(Collectors.toSet());
      records
          .claims()
          .find(
              DocumentQuery.ALL
                  .and(new Condition.AnyOf("message_id", chunk))
                  .page(MOST_CLAIMS, null))
          .items()
          .forEach(
              claim -> {
                RecoveryClaim c = claim.value();
                highest.merge(c.messageId(), c.attempt(), Math::max);
              });
    }
    return highest;
  }
}
