package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.TextArea;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.target.FreezeAnswer;
import io.tillpost.console.recovery.target.TargetStanding;
import io.tillpost.console.recovery.target.Targets;
import io.tillpost.frontend.Complaint;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.recovery.TargetFreeze;

/** Asks whether a freeze by hand is to end, and says what happens then. */
final class LiftDialog extends Dialog {
  private final TextArea reason = new TextArea("Why? (optional)");
  private final Button act = new Button("Lift the freeze");
  private final transient TargetStanding target;
  private final transient Targets targets;
  private final transient Runnable changed;

  /**
   * @param changed is told when it is lifted
   */
  LiftDialog(TargetStanding target, Targets targets, Runnable changed) {
    this.target = target;
    this.targets = targets;
    this.changed = changed;
    setHeaderTitle("Lift the freeze of " + target.name());
    setWidth("min(32rem, 100%)");
    reason.setMaxLength(RetryRequest.LONGEST_REASON);
    reason.setPlaceholder("For example: the ERP is well again");
    reason.focus();
    Div form = new Div(new Paragraph(meaning(target)), reason);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    add(form);
    act.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    act.setDisableOnClick(true);
    act.addClickListener(_ -> send());
    getFooter().add(new Button("Cancel", _ -> close()), act);
  }

  private static String meaning(TargetStanding target) {
    TargetFreeze freeze = target.freeze();
    String who =
        freeze == null ? "" : "%s froze it: %s. ".formatted(freeze.frozenBy(), freeze.reason());
    if (target.closings().size() > 1) {
      return who + "The configuration closes it too, so nothing is sent to it before that is over.";
    }
    return who
        + (target.waiting().isEmpty()
            ? "No running operation waits for it now."
            : "Within two seconds %,d waiting %s on, at the target's rate."
                .formatted(
                    target.messagesWaiting(),
                    target.messagesWaiting() == 1 ? "message goes" : "messages go"));
  }

  private void send() {
    // Whatever comes of it, also where the storage does not answer, it can be pressed again.
    try {
      answered(targets.lift(target.name(), reason.getValue(), target.version()));
    } finally {
      act.setEnabled(true);
    }
  }

  private void answered(FreezeAnswer answer) {
    switch (answer) {
      case FreezeAnswer.Done d -> {
        close();
        Notification.show("The freeze of %s is lifted".formatted(d.target().name()));
        changed.run();
      }
      case FreezeAnswer.Invalid i -> Complaint.about(reason, i.reason());
      case FreezeAnswer.Refused r -> Complaint.about(reason, r.reason());
      case FreezeAnswer.NotFound n -> Complaint.about(reason, n.reason());
      case FreezeAnswer.Forbidden f -> Complaint.about(reason, f.reason());
    }
  }
}
