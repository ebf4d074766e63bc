package io.tillpost.console.recovery;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditOutcome;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.message.Message;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;

/**
 * One audit entry for each message of an operation, written just before something is done with it.
 * After a crash at that moment there may be two; there is never none.
 */
public final class ItemAudit {
  private final AuditLog audit;

  public ItemAudit(AuditLog audit) {
    this.audit = audit;
  }

  /**
   * Writes the entry where nothing was done for the item yet.
   *
   * @param message as it stands before
   * @param after what it is to be, in words
   */
  public void begins(
      RecoveryOperation operation, RecoveryItem item, Message message, String after) {
    if (item.state() != ItemState.PLANNED || isTold(operation)) {
      return;
    }
    audit.noteOneOfMany(
        AuditAct.of(
                operation.requestedBy(),
                Words.auditAction(operation.action()),
                new AuditSubject(AuditSubject.Kind.MESSAGE, item.messageId()))
            .changing(Words.of(message), after)
            .because(operation.reason()),
        AuditOutcome.DONE,
        "Operation " + operation.id());
  }

  /** Whether the entry of the operation is about its one message: then it began at once. */
  private static boolean isTold(RecoveryOperation operation) {
    return operation.scope().kind() == OperationScope.Kind.MESSAGE
        && operation.action() != RecoveryAction.EDIT_AND_RETRY;
  }
}
