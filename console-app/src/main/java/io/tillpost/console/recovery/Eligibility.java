package io.tillpost.console.recovery;

import io.tillpost.message.Message;
import io.tillpost.message.MessageStatus;
import io.tillpost.recovery.RecoveryAction;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Which messages an action is for, by how they stand. */
public final class Eligibility {
  private Eligibility() {}

  /** The statuses of messages that the action is for. */
  public static Set<MessageStatus> statuses(RecoveryAction action) {
    return switch (action) {
      case RETRY, EDIT_AND_RETRY, DISCARD ->
          EnumSet.of(MessageStatus.FAILED, MessageStatus.DEAD_LETTERED);
      case RESTORE -> EnumSet.of(MessageStatus.DISCARDED);
      case REPLAY ->
          EnumSet.of(MessageStatus.CONFIRMED, MessageStatus.FAILED, MessageStatus.DEAD_LETTERED);
    };
  }

  /** Why a message that stands so is left alone, as a sentence; empty if it is not. */
  public static Optional<String> objection(RecoveryAction action, Message message) {
    MessageStatus status = message.status();
    if (statuses(action).contains(status)) {
      return Optional.empty();
    }
    if (action == RecoveryAction.RESTORE) {
      return Optional.of("It is not discarded");
    }
    return Optional.of(
        switch (status) {
          case CONFIRMED -> "The target has it already";
          case IN_FLIGHT -> "It is on its way; nothing has failed";
          case DISCARDED -> "It was discarded";
          case SUPERSEDED -> "A newer message made it needless";
          case FAILED, DEAD_LETTERED -> "It is failed";
        });
  }
}
