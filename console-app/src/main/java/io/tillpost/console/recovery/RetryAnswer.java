package io.tillpost.console.recovery;

import io.tillpost.recovery.RecoveryOperation;

/** What became of the wish to retry. */
public sealed interface RetryAnswer {
  /** The operation runs; what becomes of each message is asked of it. */
  record Accepted(RecoveryOperation operation) implements RetryAnswer {}

  /** There is no such message, or no failed message of such an exception. */
  record NotFound(String reason) implements RetryAnswer {}

  /** It cannot be retried now; the reason is a sentence for the person who asked. */
  record Refused(String reason) implements RetryAnswer {}

  /** The request itself is not right; the reason says what is wrong with it. */
  record Invalid(String reason) implements RetryAnswer {}
}
