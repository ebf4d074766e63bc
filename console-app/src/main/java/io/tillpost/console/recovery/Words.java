package io.tillpost.console.recovery;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.security.Permission;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryAction;

/** How recovery reads in sentences. */
final class Words {
  private Words() {}

  /** The name of an action, as it begins a sentence. */
  static String of(RecoveryAction action) {
    return switch (action) {
      case RETRY -> "Retry";
      case EDIT_AND_RETRY -> "Edit and retry";
      case REPLAY -> "Replay";
      case DISCARD -> "Discard";
      case RESTORE -> "Restore";
    };
  }

  /** The action as the audit trail names it. */
  static AuditAction auditAction(RecoveryAction action) {
    return switch (action) {
      case RETRY -> AuditAction.RETRY;
      case EDIT_AND_RETRY -> AuditAction.EDIT_AND_RETRY;
      case REPLAY -> AuditAction.REPLAY;
      case DISCARD -> AuditAction.DISCARD;
      case RESTORE -> AuditAction.RESTORE;
    };
  }

  /** The right that it takes. */
  static Permission permission(RecoveryAction action) {
    return switch (action) {
      case RETRY -> Permission.RETRY;
      case EDIT_AND_RETRY -> Permission.EDIT_AND_RETRY;
      case REPLAY -> Permission.REPLAY;
      case DISCARD, RESTORE -> Permission.DISCARD;
    };
  }

  static String of(OperationState state) {
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
}
