package io.tillpost.console.recovery;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.CountText;
import io.tillpost.console.text.MoneyText;
import io.tillpost.message.Message;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import java.util.Locale;

/** How recovery reads in sentences. */
public final class Words {
  private Words() {}

  /** The name of an action, as it begins a sentence. */
  public static String of(RecoveryAction action) {
    return switch (action) {
      case RETRY -> "Retry";
      case EDIT_AND_RETRY -> "Edit and retry";
      case REPLAY -> "Replay";
      case DISCARD -> "Discard";
      case RESTORE -> "Restore";
    };
  }

  /** The action as the audit trail names it. */
  public static AuditAction auditAction(RecoveryAction action) {
    return switch (action) {
      case RETRY -> AuditAction.RETRY;
      case EDIT_AND_RETRY -> AuditAction.EDIT_AND_RETRY;
      case REPLAY -> AuditAction.REPLAY;
      case DISCARD -> AuditAction.DISCARD;
      case RESTORE -> AuditAction.RESTORE;
    };
  }

  /** The right that it takes. */
  public static Permission permission(RecoveryAction action) {
    return switch (action) {
      case RETRY -> Permission.RETRY;
      case EDIT_AND_RETRY -> Permission.EDIT_AND_RETRY;
      case REPLAY -> Permission.REPLAY;
      case DISCARD, RESTORE -> Permission.DISCARD;
    };
  }

  /** The state as a word or two. */
  public static String of(OperationState state) {
    return switch (state) {
      case PLANNED -> "being prepared";
      case PREVIEWED -> "previewed";
      case AWAITING_APPROVAL -> "waiting for approval";
      case CANARY -> "sending the first messages";
      case RUNNING -> "running";
      case PAUSED -> "paused";
      case CANCELLING -> "being cancelled";
      case FINISHED -> "finished";
      case CANCELLED -> "cancelled";
      case ABANDONED -> "given up";
    };
  }

  /**
   * What an operation has come to, for the audit trail: with the name of its list, so that what was
   * approved and sent can be proven.
   */
  public static String told(RecoveryOperation operation) {
    OperationSummary summary = operation.summary();
    if (summary == null) {
      return of(operation.state());
    }
    String money = summary.money().amounts().isEmpty() ? "" : MoneyText.of(summary.money()) + ", ";
    return "%s: %s of %s, %slist %s"
        .formatted(
            of(operation.state()),
            of(operation.action()).toLowerCase(Locale.ROOT),
            CountText.of(summary.toSend(), "message"),
            money,
            summary.listHash());
  }

  /** How a message stands, for the audit trail. */
  public static String of(Message message) {
    String status =
        switch (message.status()) {
          case IN_FLIGHT -> "On its way";
          case FAILED -> "Failed";
          case DEAD_LETTERED -> "Dead-lettered";
          case CONFIRMED -> "Confirmed";
          case DISCARDED -> "Discarded";
          case SUPERSEDED -> "Superseded";
        };
    return "%s, attempt %d%s"
        .formatted(
            status,
            message.currentAttempt().number(),
            message.failure().map(failure -> " (" + failure.code() + ")").orElse(""));
  }
}
