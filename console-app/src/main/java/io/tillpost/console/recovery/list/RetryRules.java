package io.tillpost.console.recovery.list;

import io.tillpost.console.recovery.EarlierClaims;
import io.tillpost.console.recovery.Eligibility;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.channel.RecoveryChannel;
import io.tillpost.console.recovery.channel.RecoveryChannels;
import io.tillpost.message.Message;
import io.tillpost.recovery.RecoveryAction;
import java.util.Optional;

/** Whether something may be done with a message by itself, and why not. */
final class RetryRules {
  private final RecoveryChannels channels;
  private final EarlierClaims earlierClaims;

  RetryRules(RecoveryRecords records, RecoveryChannels channels) {
    this.channels = channels;
    this.earlierClaims = new EarlierClaims(records);
  }

  /** Why not, as a sentence; empty if it may. */
  Optional<String> objection(RecoveryAction action, Message message) {
    Optional<String> standing = Eligibility.objection(action, message);
    if (standing.isPresent() || action == RecoveryAction.RESTORE) {
      return standing;
    }
    Optional<String> noWay =
        action.onlyRecorded() ? Optional.empty() : channelMissing(message.workflow());
    return noWay.or(() -> claimed(action, message));
  }

  /** Why messages of this workflow cannot be retried; empty if they can. */
  Optional<String> channelMissing(String workflow) {
    return channels.forWorkflow(workflow).isPresent()
        ? Optional.empty()
        : Optional.of(
            "No recovery channel is configured for the workflow %s (tillpost.channels)"
                .formatted(workflow));
  }

  /** Whether there is a channel of that name. */
  boolean isChannel(String name) {
    return channels.find(name).isPresent();
  }

  /** The channel of a workflow that has one. */
  RecoveryChannel channel(String workflow) {
    return channels
        .forWorkflow(workflow)
        .orElseThrow(() -> new IllegalStateException("No channel for " + workflow));
  }

  /**
   * Why another attempt may post the message twice, and what to do, as a sentence; empty where all
   * is known of earlier ones.
   */
  Optional<String> doubt(RecoveryAction action, Message message) {
    if (action.onlyRecorded()) {
      return Optional.empty();
    }
    int next = earlierClaims.nextAttempt(message.id().value(), message.currentAttempt().number());
    return earlierClaims
        .doubtful(message, next)
        .map(
            item ->
                ("Nobody knows whether attempt %d (operation %s) reached the target: another one may"
                        + " post it a second time. Ask the target or look there, and settle it; or"
                        + " send it all the same, with a reason (inDoubt: SEND_ANYWAY)")
                    .formatted(item.attempt(), item.operationId()));
  }

  private Optional<String> claimed(RecoveryAction action, Message message) {
    int next = earlierClaims.nextAttempt(message.id().value(), message.currentAttempt().number());
    return earlierClaims.objection(action, message, next, true);
  }
}
