package io.tillpost.console.recovery.ui;

import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.act.Settlements;
import io.tillpost.console.recovery.due.AutomaticRetries;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.recovery.run.Questions;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.message.MessageId;
import org.springframework.stereotype.Component;

/** Makes the recovery buttons of a message for views of other features. */
@Component
public final class MessageRetries {
  private final Recovery recovery;
  private final Discards discards;
  private final Operations operations;
  private final AutomaticRetries automatic;
  private final Questions questions;
  private final Settlements settlements;
  private final LiveUpdates live;
  private final CurrentOperator currentOperator;

  MessageRetries(
      Recovery recovery,
      Discards discards,
      Operations operations,
      AutomaticRetries automatic,
      Questions questions,
      Settlements settlements,
      LiveUpdates live,
      CurrentOperator currentOperator) {
    this.recovery = recovery;
    this.discards = discards;
    this.operations = operations;
    this.automatic = automatic;
    this.questions = questions;
    this.settlements = settlements;
    this.live = live;
    this.currentOperator = currentOperator;
  }

  /** Buttons for that message, with what became of its recovery; moves by itself. */
  public MessageRetry of(MessageId message) {
    return new MessageRetry(
        message,
        recovery,
        discards,
        operations,
        automatic,
        questions,
        settlements,
        live,
        currentOperator);
  }
}
