package io.tillpost.console.recovery;

import io.tillpost.recovery.RecoveryOperation;

/** What became of the wish to plan, start or steer an operation. */
public sealed interface OperationAnswer {
  /** It is as it was wished; the operation as it is now. */
  record Accepted(RecoveryOperation operation) implements OperationAnswer {}

  /** There is no such message, exception or operation. */
  record NotFound(String reason) implements OperationAnswer {}

  /** It is not for this person; the reason says, in sentences, why and what to do. */
  record Forbidden(String reason) implements OperationAnswer {}

  /** It cannot be done now; the reason is a sentence for the person who asked. */
  record Refused(String reason) implements OperationAnswer {}

  /** The request itself is not right; the reason says what is wrong with it. */
  record Invalid(String reason) implements OperationAnswer {}
}
