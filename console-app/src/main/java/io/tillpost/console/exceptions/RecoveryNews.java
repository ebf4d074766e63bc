package io.tillpost.console.exceptions;

import io.tillpost.console.recovery.RecoveryListener;
import io.tillpost.failure.ExceptionEvent;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.FailureQueries;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What recovery means for exceptions: acting assigns, and their status follows the operation. */
final class RecoveryNews implements RecoveryListener {
  private final TriageRecords records;
  private final FailureQueries failures;
  private final RecoveriesUnderWay underWay;
  private final KnownOperators operators;
  private final Clock clock;

  RecoveryNews(
      TriageRecords records,
      FailureQueries failures,
      RecoveriesUnderWay underWay,
      KnownOperators operators,
      Clock clock) {
    this.records = records;
    this.failures = failures;
    this.underWay = underWay;
    this.operators = operators;
    this.clock = clock;
  }

  @Override
  public void started(RecoveryOperation operation) {
    records.changeOrBegin(exceptions(operation), group -> begun(group, operation));
  }

  @Override
  public void finished(RecoveryOperation operation) {
    Set<Fingerprint> exceptions = exceptions(operation);
    Set<Fingerprint> failing = failures.failing(exceptions);
    // Another recovery of it goes on: who comes to its end last tells so.
    records.changeOrBegin(
        exceptions,
        group ->
            underWay.of(group)
                ? Optional.empty()
                : ended(group, !failing.contains(new Fingerprint(group.fingerprint()))));
  }

  private Optional<ExceptionGroup> begun(ExceptionGroup group, RecoveryOperation operation) {
    Instant now = clock.instant();
    String actor = operation.requestedBy();
    // Whom a rule names has not taken it; who acts does, and the team stays.
    String assignee = group.assignee();
    boolean taken = assignee != null && operators.knows(assignee);
    ExceptionGroup owned = taken ? group : group.assignedTo(actor, actor, now);
    String what =
        verb(operation.action())
            + (operation.scope().kind() == OperationScope.Kind.MESSAGE
                ? " one message: "
                : operation.scope().kind() == OperationScope.Kind.EXCEPTION ? " all: " : ": ")
            + operation.reason();
    return owned.after(ExceptionEvent.RECOVERY_STARTED, actor, what, now);
  }

  private Optional<ExceptionGroup> ended(ExceptionGroup group, boolean empty) {
    Instant now = clock.instant();
    return empty
        ? group.after(ExceptionEvent.EMPTIED, null, "no message is failed any more", now)
        : group.after(ExceptionEvent.RECOVERY_ENDED, null, "the recovery came to its end", now);
  }

  private static String verb(RecoveryAction action) {
    return switch (action) {
      case RETRY -> "retried";
      case EDIT_AND_RETRY -> "edited and retried";
      case REPLAY -> "replayed";
      case DISCARD -> "discarded";
      case RESTORE -> "restored";
    };
  }

  /** The exceptions of the operation, or those in which they are by now. */
  private Set<Fingerprint> exceptions(RecoveryOperation operation) {
    // What began by itself assigns nobody and leaves the status to people: nobody has looked at it.
    if (operation.isAutomatic() || operation.exceptions().isEmpty()) {
      return Set.of();
    }
    Grouping grouping = failures.grouping();
    return operation.exceptions().stream()
        .map(fingerprint -> grouping.root(new Fingerprint(fingerprint)))
        .collect(Collectors.toSet());
  }
}
