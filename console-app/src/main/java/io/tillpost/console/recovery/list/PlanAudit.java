package io.tillpost.console.recovery.list;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.recovery.AnywayWish;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.Wish;
import io.tillpost.console.recovery.Words;
import io.tillpost.console.text.CountText;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the audit trail says of an operation that is planned. */
final class PlanAudit {
  private PlanAudit() {}

  /**
   * The act.
   *
   * @param operation as it is created
   */
  static AuditAct act(Wish wish, ChosenMessages.Found found, RecoveryOperation operation) {
    return act(wish, operation, auditSubject(operation))
        .changing(
            before(found), words(operation, CountText.of(found.messages().size(), "message")));
  }

  /**
   * The act where it is not read yet which messages it is about.
   *
   * @param operation as it is created
   */
  static AuditAct act(Wish wish, RecoveryOperation operation, int about) {
    return act(wish, operation, auditSubject(operation))
        .changing(null, words(operation, "about " + CountText.of(about, "message")));
  }

  /** That nothing came of it once its messages were read. */
  static AuditAct givenUp(Wish wish, RecoveryOperation operation) {
    return act(wish, operation, new AuditSubject(AuditSubject.Kind.OPERATION, operation.id()))
        .changing(Words.of(OperationState.PLANNED), Words.of(OperationState.ABANDONED));
  }

  private static AuditAct act(Wish wish, RecoveryOperation operation, AuditSubject subject) {
    return AuditAct.of(
            operation.requestedBy(),
            wish.request().onlyPlan()
                ? AuditAction.PLAN_OPERATION
                : Words.auditAction(wish.action()),
            subject)
        .because(reason(wish));
  }

  /**
   * Why it begins, why it goes before earlier messages and why although the target may have it;
   * null where nothing of that is said.
   */
  private static @Nullable String reason(Wish wish) {
    RetryRequest request = wish.request();
    List<String> all = new ArrayList<>();
    if (!request.onlyPlan()) {
      all.add(request.reason());
    }
    String ahead = request.earlier().reason();
    if (ahead != null) {
      all.add("before earlier messages that have failed: " + ahead);
    }
    if (!wish.action().onlyRecorded()) {
      all.addAll(said(request.superseded(), "in spite of newer messages"));
      all.addAll(said(request.inDoubt(), "also if an earlier attempt reached the target"));
    }
    return all.isEmpty() ? null : String.join("; ", all);
  }

  private static List<String> said(AnywayWish wish, String what) {
    if (!wish.sends()) {
      return List.of();
    }
    return List.of(wish.reason() == null ? what : what + ": " + wish.reason());
  }

  /** How the one message stands that it is about; null where it is about a list. */
  private static @Nullable String before(ChosenMessages.Found found) {
    return found.scope().kind() == OperationScope.Kind.MESSAGE
        ? Words.of(found.messages().single())
        : null;
  }

  private static String words(RecoveryOperation operation, String messages) {
    String what =
        operation.action() == RecoveryAction.RETRY
            ? messages
            : Words.of(operation.action()) + " of " + messages;
    return switch (operation.scope().kind()) {
      case MESSAGE, EXCEPTION -> what;
      case OPERATION, SELECTION, FILTER -> what + ": " + operation.scope().description();
    };
  }

  /** What has a page of its own; of a list that has none the operation itself. */
  private static AuditSubject auditSubject(RecoveryOperation operation) {
    OperationScope scope = operation.scope();
    return switch (scope.kind()) {
      case MESSAGE -> new AuditSubject(AuditSubject.Kind.MESSAGE, scope.subjectId());
      case EXCEPTION -> new AuditSubject(AuditSubject.Kind.EXCEPTION, scope.subjectId());
      case OPERATION, SELECTION, FILTER ->
          new AuditSubject(AuditSubject.Kind.OPERATION, operation.id());
    };
  }
}
