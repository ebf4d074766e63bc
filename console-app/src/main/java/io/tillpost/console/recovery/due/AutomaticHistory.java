package io.tillpost.console.recovery.due;

import io.tillpost.console.recovery.AutomaticProperties;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationStep;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What automatic retry did lately and what recovery is paused, read from the operations. */
final class AutomaticHistory {
  private static final int NEWEST = 200;

  private final List<RecoveryOperation> automatic;
  private final List<RecoveryOperation> open;
  private final List<RecoveryOperation> active;

  private AutomaticHistory(
      List<RecoveryOperation> automatic,
      List<RecoveryOperation> open,
      List<RecoveryOperation> active) {
    this.automatic = automatic;
    this.open = open;
    this.active = active;
  }

  /** As it is now. */
  static AutomaticHistory read(RecoveryRecords records) {
    return new AutomaticHistory(
        newest(records, DocumentQuery.ALL, NEWEST),
        open(records),
        records.active().stream().map(Versioned::value).toList());
  }

  /** Automatic operations that have not come to their end, however many there were since. */
  List<RecoveryOperation> open() {
    return open;
  }

  private static List<RecoveryOperation> open(RecoveryRecords records) {
    List<RecoveryOperation> all = new ArrayList<>();
    records
        .operations()
        .findAll(
            DocumentQuery.ALL
                .where("requested_by", RecoveryOperation.AUTOMATIC)
                .and(new Condition.AnyOf("state", OperationState.openNames()))
                .sorted("requested_at", true)
                .page(NEWEST, null),
            part -> part.stream().map(Versioned::value).forEach(all::add));
    return all;
  }

  /** The latest automatic operation over messages of that exception. */
  static Optional<RecoveryOperation> last(RecoveryRecords records, String exception) {
    return newest(records, DocumentQuery.ALL.where("scope.fingerprint", exception), 1).stream()
        .findFirst();
  }

  /**
   * An operation to that target that was asked for by a person and paused by its bounds; then
   * nothing goes out by itself until that person has decided.
   */
  Optional<RecoveryOperation> pausedByBounds(String target) {
    return active.stream()
        .filter(operation -> !operation.isAutomatic())
        .filter(operation -> operation.state() == OperationState.PAUSED)
        .filter(operation -> operation.latest().actor() == null)
        .filter(operation -> goesTo(operation, target))
        .findFirst();
  }

  /**
   * Until when nothing goes to that target by itself: the latest automatic operations had paused by
   * their bounds. The pause grows with each of them.
   */
  Instant restUntil(String target, AutomaticProperties how) {
    Instant latest = Instant.MIN;
    int inVain = 0;
    for (RecoveryOperation operation : automatic) {
      if (goesTo(operation, target)) {
        Optional<Instant> paused = pausedByItself(operation);
        if (paused.isEmpty() && operation.state() == OperationState.FINISHED) {
          break;
        }
        if (paused.isPresent()) {
          inVain++;
          latest = paused.get().isAfter(latest) ? paused.get() : latest;
        }
      }
    }
    return inVain == 0 ? latest : latest.plus(how.pause(inVain - 1));
  }

  /** When a person cancelled or declined the operation; empty where nobody did. */
  static Optional<Instant> takenBack(RecoveryOperation operation) {
    return operation.history().stream()
        .filter(step -> step.state() == OperationState.CANCELLING)
        .filter(step -> step.actor() != null && !RecoveryOperation.AUTOMATIC.equals(step.actor()))
        .map(OperationStep::at)
        .findFirst();
  }

  private static Optional<Instant> pausedByItself(RecoveryOperation operation) {
    return operation.history().stream()
        .filter(step -> step.state() == OperationState.PAUSED && step.actor() == null)
        .map(OperationStep::at)
        .reduce((earlier, later) -> later);
  }

  private static boolean goesTo(RecoveryOperation operation, String target) {
    OperationSummary summary = operation.summary();
    return summary != null && summary.targets().containsKey(target);
  }

  private static List<RecoveryOperation> newest(
      RecoveryRecords records, DocumentQuery query, int size) {
    return records
        .operations()
        .find(
            query
                .where("requested_by", RecoveryOperation.AUTOMATIC)
                .sorted("requested_at", true)
                .page(size, null))
        .items()
        .stream()
        .map(Versioned::value)
        .toList();
  }
}
