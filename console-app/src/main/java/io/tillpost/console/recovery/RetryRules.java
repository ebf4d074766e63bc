package io.tillpost.console.recovery;

import io.tillpost.message.Message;
import io.tillpost.message.MessageStatus;
import java.util.Optional;

/** Whether a message may be retried, and why not. */
final class RetryRules {
  private final RecoveryChannels channels;
  private final EarlierClaims earlierClaims;

  RetryRules(RecoveryRecords records, RecoveryChannels channels) {
    this.channels = channels;
    this.earlierClaims = new EarlierClaims(records);
  }

  /** Why not, as a sentence; empty if it may. */
  Optional<String> objection(Message message) {
    MessageStatus status = message.status();
    if (!status.isFailed()) {
      return Optional.of(words(status));
    }
    return channelMissing(message.workflow()).or(() -> claimed(message));
  }

  /** Why messages of this workflow cannot be retried; empty if they can. */
  Optional<String> channelMissing(String workflow) {
    return channels.forWorkflow(workflow).isPresent()
        ? Optional.empty()
        : Optional.of(
            "No recovery channel is configured for the workflow %s (tillpost.channels)"
                .formatted(workflow));
  }

  /** The channel of a workflow that has one. */
  RecoveryChannel channel(String workflow) {
    return channels
        .forWorkflow(workflow)
        .orElseThrow(() -> new IllegalStateException("No channel for " + workflow));
  }

  private Optional<String> claimed(Message message) {
    String id = message.id().value();
    int highest = message.currentAttempt().number();
    int next = earlierClaims.nextAttempt(id, highest);
    return earlierClaims.objection(id, highest, next, true);
  }

  private static String words(MessageStatus status) {
    return switch (status) {
      case CONFIRMED -> "The target has it already";
      case IN_FLIGHT -> "It is on its way; nothing has failed";
      case DISCARDED -> "It was discarded";
      case SUPERSEDED -> "A newer message made it needless";
      case FAILED, DEAD_LETTERED -> "It is failed";
    };
  }
}
