package io.tillpost.console.recovery.act;

import io.tillpost.recovery.RecoveryItem;

/** What became of the wish to settle an unconfirmed message. */
public sealed interface SettleAnswer {
  /** It stands as it was wished, by this wish or by the same one before; the item as it is now. */
  record Settled(RecoveryItem item) implements SettleAnswer {}

  /** There is no such message in such an operation. */
  record NotFound(String reason) implements SettleAnswer {}

  /** It is not for this person; the reason says, in sentences, why and what to do. */
  record Forbidden(String reason) implements SettleAnswer {}

  /** It is not unconfirmed; the reason is a sentence for the person who asked. */
  record Refused(String reason) implements SettleAnswer {}

  /** The request itself is not right; the reason says what is wrong with it. */
  record Invalid(String reason) implements SettleAnswer {}
}
