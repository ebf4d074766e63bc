package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tillpost.console.recovery.AnywayWish;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.message.MessageId;
import java.util.Optional;

/**
 * What is asked before a corrected message may go: whether somebody looked in the target where an
 * earlier attempt is in doubt, and why an older one is right where a newer one was through.
 */
final class SendQuestions extends Div {
  private final Checkbox looked;
  private final Div doubt;
  private final TextField inSpite = new TextField("Why is the older one right?");
  private final Div superseded = new Div();

  /**
   * Asks nothing yet.
   *
   * @param answered is told of each answer
   */
  SendQuestions(Runnable answered) {
    looked = new Checkbox(Wordings.LOOKED, _ -> answered.run());
    doubt = new Div(new Paragraph(Wordings.IN_DOUBT), looked);
    inSpite.setWidth("min(40rem, 100%)");
    inSpite.setMaxLength(RetryRequest.LONGEST_REASON);
    inSpite.setPlaceholder("For example: the newer count was of another article");
    inSpite.setValueChangeMode(ValueChangeMode.LAZY);
    inSpite.addValueChangeListener(_ -> answered.run());
    add(doubt, superseded);
    ask(false, Optional.empty());
  }

  /**
   * Asks what has to be asked; what was answered stays.
   *
   * @param inDoubt whether the target may have an earlier attempt
   * @param newer the message that makes this one needless
   */
  void ask(boolean inDoubt, Optional<MessageId> newer) {
    setVisible(inDoubt || newer.isPresent());
    doubt.setVisible(inDoubt);
    superseded.setVisible(newer.isPresent());
    superseded.removeAll();
    newer.ifPresent(one -> superseded.add(Wordings.superseded(one), inSpite));
  }

  /** Whether all that is asked is answered. */
  boolean isAnswered() {
    return (!doubt.isVisible() || looked.getValue())
        && (!superseded.isVisible() || !inSpite.getValue().isBlank());
  }

  /** The request with what was answered. */
  RetryRequest said(RetryRequest request) {
    RetryRequest all =
        doubt.isVisible() && looked.getValue()
            ? request.withInDoubt(AnywayWish.sendAnyway(Wordings.LOOKED))
            : request;
    return superseded.isVisible() && !inSpite.getValue().isBlank()
        ? all.withSuperseded(AnywayWish.sendAnyway(inSpite.getValue()))
        : all;
  }
}
