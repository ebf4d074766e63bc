package io.tillpost.console.recovery.list;

import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.recovery.OperationAnswer;

/** How the audit trail tells what became of a wish. */
public final class Endings {
  private Endings() {}

  public static AuditLog.Ending of(OperationAnswer answer) {
    return switch (answer) {
      case OperationAnswer.Accepted a -> AuditLog.Ending.done("Operation " + a.operation().id());
      case OperationAnswer.Refused r -> AuditLog.Ending.refused(r.reason());
      case OperationAnswer.Forbidden f -> AuditLog.Ending.refused(f.reason());
      case OperationAnswer.NotFound n -> AuditLog.Ending.refused(n.reason());
      case OperationAnswer.Invalid i -> AuditLog.Ending.refused(i.reason());
    };
  }
}
