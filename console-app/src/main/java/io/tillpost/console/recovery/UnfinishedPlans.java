package io.tillpost.console.recovery;

import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.Preparation;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lists that were not frozen to their end: gives up those that nobody goes on with, and removes
 * what was written of those that were given up. Nothing of it was ever sent.
 */
public final class UnfinishedPlans {
  private static final int PART = 1_000;

  /** So that a sweep has its end, however long the list. */
  private static final int PARTS = 20;

  /** What was written last is found by then: a request to the storage takes up to 30 s. */
  private static final Duration SEEN_AFTER = Duration.ofSeconds(45);

  private final RecoveryRecords records;
  private final Duration abandonAfter;
  private final Clock clock;

  /**
   * @param abandonAfter without a sign of life
   */
  public UnfinishedPlans(RecoveryRecords records, Duration abandonAfter, Clock clock) {
    this.records = records;
    this.abandonAfter = abandonAfter;
    this.clock = clock;
  }

  /** Gives up those that nobody goes on with. */
  public void giveUp() {
    Instant tooOld = clock.instant().minus(abandonAfter);
    for (Versioned<RecoveryOperation> found : in(OperationState.PLANNED, DocumentQuery.ALL)) {
      records.change(
          found.id(),
          operation ->
              lastSign(operation).isBefore(tooOld)
                  ? operation.after(new OperationEvent.Interrupted(), null, null, clock.instant())
                  : Optional.empty());
    }
  }

  /** Removes some of what is left of those that were given up. */
  public void cleanUp() {
    Instant seen = clock.instant().minus(SEEN_AFTER);
    DocumentQuery left =
        DocumentQuery.ALL.and(new Condition.Between("preparation.at", null, seen)).page(1, null);
    for (Versioned<RecoveryOperation> found : in(OperationState.ABANDONED, left)) {
      DocumentQuery its = DocumentQuery.ALL.where("operation_id", found.id()).page(PART, null);
      if (removed(records.items(), its) && removed(records.contents(), its)) {
        records.operations().replace(found, found.value().preparing(null));
      }
    }
  }

  /** Whether all that is found was removed. */
  private static <T> boolean removed(Documents<T> documents, DocumentQuery which) {
    for (int i = 0; i < PARTS; i++) {
      Set<String> ids =
          documents.find(which).items().stream().map(Versioned::id).collect(Collectors.toSet());
      documents.removeAll(ids);
      if (ids.size() < PART) {
        return true;
      }
    }
    return false;
  }

  private static Instant lastSign(RecoveryOperation operation) {
    Preparation preparation = operation.preparation();
    return preparation == null ? operation.requestedAt() : preparation.at();
  }

  private Iterable<Versioned<RecoveryOperation>> in(OperationState state, DocumentQuery query) {
    return records.operations().find(query.where("state", state.name())).items();
  }
}
