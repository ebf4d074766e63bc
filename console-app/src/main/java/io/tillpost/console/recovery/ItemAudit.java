package io.tillpost.console.recovery;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditOutcome;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;

/**
 * One audit entry for each message of an operation, written just before something is done with it.
 * After a crash at that moment there may be two; there is never none.
 */
final class ItemAudit {
  private final AuditLog audit;

  ItemAudit(AuditLog audit) {
    this.audit = audit;
  }

  /** Writes the entry where nothing was done for the item yet. */
  void begins(RecoveryOperation operation, RecoveryItem item) {
    // The entry of an operation over one message is about that message already.
    if (item.state() != ItemState.PLANNED
        || operation.scope().kind() == OperationScope.Kind.MESSAGE) {
      return;
    }
    audit.noteOneOfMany(
        AuditAct.of(
                operation.requestedBy(),
                Words.auditAction(operation.action()),
                new AuditSubject(AuditSubject.Kind.MESSAGE, item.messageId()))
            .changing(null, "Attempt " + item.attempt())
            .because(operation.reason()),
        AuditOutcome.DONE,
        "Operation " + operation.id());
  }
}
