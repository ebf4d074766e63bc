package io.tillpost.console.recovery.ui;

import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.recovery.Operations;
import io.tillpost.console.recovery.Recovery;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.message.MessageId;
import org.springframework.stereotype.Component;

/** Makes the retry button of a message for views of other features. */
@Component
public final class MessageRetries {
  private final Recovery recovery;
  private final Operations operations;
  private final LiveUpdates live;
  private final CurrentOperator currentOperator;

  MessageRetries(
      Recovery recovery, Operations operations, LiveUpdates live, CurrentOperator currentOperator) {
    this.recovery = recovery;
    this.operations = operations;
    this.live = live;
    this.currentOperator = currentOperator;
  }

  /** A button for that message, with what became of its retries; moves by itself. */
  public MessageRetry of(MessageId message) {
    return new MessageRetry(message, recovery, operations, live, currentOperator);
  }
}
