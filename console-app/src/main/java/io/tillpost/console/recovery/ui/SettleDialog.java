package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.TextArea;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.act.SettleAnswer;
import io.tillpost.frontend.Complaint;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.recovery.RecoveryItem;
import java.util.function.BiFunction;

/** Asks a person who has looked into the target what they found there. */
final class SettleDialog extends Dialog {
  private final TextArea reason = new TextArea("What did you see there?");
  private final transient BiFunction<Boolean, String, SettleAnswer> settling;
  private final Button there = act("It is in the target", true);
  private final Button notThere = act("It is not there", false);

  /**
   * @param settling says whether it was found, and why
   */
  SettleDialog(RecoveryItem item, BiFunction<Boolean, String, SettleAnswer> settling) {
    this.settling = settling;
    setHeaderTitle("Settle by hand");
    setWidth("min(32rem, 100%)");
    Paragraph words =
        new Paragraph(
            "Look up message %s in %s by its business key. If it is there, it is already done: discard the message then, so that it does not count as failed. If it is not, the attempt has failed and may be retried. Nothing is sent now."
                .formatted(item.messageId(), item.message().targetName()));
    words.addClassName(TillpostTheme.FORM_DIALOG);
    reason.setRequired(true);
    reason.setMaxLength(RetryRequest.LONGEST_REASON);
    reason.setPlaceholder("For example: ERP document 4900012345");
    reason.setWidthFull();
    reason.focus();
    add(words, reason);
    getFooter().add(new Button("Cancel", _ -> close()), notThere, there);
  }

  private Button act(String text, boolean found) {
    Button button = new Button(text);
    button.setDisableOnClick(true);
    button.addClickListener(_ -> send(found, button));
    return button;
  }

  private void send(boolean found, Button pressed) {
    // Whatever comes of it, also where the storage does not answer, it can be pressed again.
    try {
      answered(settling.apply(found, reason.getValue()));
    } finally {
      pressed.setEnabled(true);
    }
  }

  private void answered(SettleAnswer answer) {
    switch (answer) {
      case SettleAnswer.Settled s -> {
        close();
        Notification.show("It is settled: " + Outcomes.words(s.item().state()));
      }
      case SettleAnswer.Invalid i -> Complaint.about(reason, i.reason());
      case SettleAnswer.Refused r -> Complaint.about(reason, r.reason());
      case SettleAnswer.NotFound n -> Complaint.about(reason, n.reason());
      case SettleAnswer.Forbidden f -> Complaint.about(reason, f.reason());
    }
  }
}
