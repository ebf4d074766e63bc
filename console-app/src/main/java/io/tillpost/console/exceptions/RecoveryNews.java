package io.tillpost.console.exceptions;

import io.tillpost.console.recovery.RecoveryListener;
import io.tillpost.failure.ExceptionEvent;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.Fingerprint;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationStep;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.FailureQueries;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What recovery means for exceptions: acting assigns, and their status follows the operation. */
final class RecoveryNews implements RecoveryListener {
  private final TriageRecords records;
  private final FailureQueries failures;
  private final OperationExceptions exceptions;
  private final RecoveriesUnderWay underWay;
  private final KnownOperators operators;
  private final Clock clock;

  RecoveryNews(
      TriageRecords records,
      FailureQueries failures,
      OperationExceptions exceptions,
      RecoveriesUnderWay underWay,
      KnownOperators operators,
      Clock clock) {
    this.records = records;
    this.failures = failures;
    this.exceptions = exceptions;
    this.underWay = underWay;
    this.operators = operators;
    this.clock = clock;
  }

  /**
   * Whoever clicked waits for it, so of many exceptions only the greatest are told here; the others
   * are before anything goes out.
   */
  @Override
  public void started(RecoveryOperation operation) {
    // What began by itself assigns nobody and leaves the status to people: nobody has looked at it.
    if (!operation.isAutomatic()) {
      begin(exceptions.named(operation), operation);
    }
  }

  @Override
  public void takenUp(RecoveryOperation operation, BooleanSupplier goesOn) {
    if (!operation.isAutomatic()) {
      exceptions.eachOpen(
          operation,
          part -> {
            if (goesOn.getAsBoolean()) {
              begin(part, operation);
            }
          });
    }
  }

  @Override
  public void finished(RecoveryOperation operation) {
    if (!operation.isAutomatic()) {
      exceptions.each(operation, this::end);
    }
  }

  private void begin(Set<Fingerprint> part, RecoveryOperation operation) {
    records.changeOrBegin(part, group -> begun(group, operation));
  }

  private void end(Set<Fingerprint> part) {
    Set<Fingerprint> failing = failures.failing(part);
    // Another recovery of it goes on: who comes to its end last tells so.
    Set<Fingerprint> others = underWay.among(part);
    records.changeOrBegin(
        part.stream().filter(one -> !others.contains(one)).toList(),
        group -> ended(group, !failing.contains(new Fingerprint(group.fingerprint()))));
  }

  /** Empty too where it was told already: after a restart it stands as it came to since. */
  private Optional<ExceptionGroup> begun(ExceptionGroup group, RecoveryOperation operation) {
    String what = words(operation);
    if (isTold(group, operation, what)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    String actor = operation.requestedBy();
    // Whom a rule names has not taken it; who acts does, and the team stays.
    String assignee = group.assignee();
    boolean taken = assignee != null && operators.knows(assignee);
    ExceptionGroup owned = taken ? group : group.assignedTo(actor, actor, now);
    return owned.after(ExceptionEvent.RECOVERY_STARTED, actor, what, now);
  }

  private static boolean isTold(ExceptionGroup group, RecoveryOperation operation, String what) {
    return operation.history().stream()
        .filter(step -> step.state().mayDispatch())
        .map(OperationStep::at)
        .findFirst()
        .filter(
            begun ->
                group.history().stream()
                    .anyMatch(
                        step ->
                            operation.requestedBy().equals(step.actor())
                                && step.what().equals(what)
                                && !step.at().isBefore(begun)))
        .isPresent();
  }

  private static String words(RecoveryOperation operation) {
    return verb(operation.action())
        + (operation.scope().kind() == OperationScope.Kind.MESSAGE
            ? " one message: "
            : operation.scope().kind() == OperationScope.Kind.EXCEPTION ? " all: " : ": ")
        + operation.reason();
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
}
