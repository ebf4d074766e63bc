package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import io.tillpost.console.recovery.AnywayWish;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.frontend.Complaint;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.RecoveryOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks why, then acts. All clicks in one dialog are one request: they carry the same key, so that a
 * second click cannot act a second time.
 */
final class ReasonDialog extends Dialog {
  private final String key = UUID.randomUUID().toString();
  private final TextArea reason = new TextArea();
  private final Select<EarlierWish> earlier = new Select<>();
  private final Button act;
  private final Button dismiss = new Button("Cancel", _ -> close());
  private final List<Checkbox> ticks = new ArrayList<>();
  private transient AnywayWish inDoubt = AnywayWish.LEAVE_OUT;
  private transient AnywayWish superseded = AnywayWish.LEAVE_OUT;
  private final transient Wording wording;
  private final transient Function<RetryRequest, OperationAnswer> action;
  private final transient Consumer<RecoveryOperation> accepted;

  /**
   * What the dialog says.
   *
   * @param title what is done
   * @param explanation what will happen, in a sentence or two
   * @param question that the reason answers
   * @param example of an answer
   * @param button that does it
   * @param begun what is told when it has begun
   */
  record Wording(
      String title,
      String explanation,
      String question,
      String example,
      String button,
      String begun) {}

  /**
   * @param action does it
   * @param accepted is told of the operation that runs
   */
  ReasonDialog(
      Wording wording,
      Function<RetryRequest, OperationAnswer> action,
      Consumer<RecoveryOperation> accepted) {
    this.wording = wording;
    this.action = action;
    this.accepted = accepted;
    setHeaderTitle(wording.title());
    setWidth("min(32rem, 100%)");
    reason.setLabel(wording.question());
    reason.setRequired(true);
    reason.setMaxLength(RetryRequest.LONGEST_REASON);
    reason.setPlaceholder("For example: " + wording.example());
    reason.setWidthFull();
    reason.focus();
    Paragraph words = new Paragraph(wording.explanation());
    words.addClassName(TillpostTheme.FORM_DIALOG);
    add(words, reason);
    act = new Button(wording.button());
    act.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    act.setDisableOnClick(true);
    act.addClickListener(_ -> send());
    act.addClickShortcut(Key.ENTER, com.vaadin.flow.component.KeyModifier.CONTROL);
    getFooter().add(dismiss, act);
  }

  /** Closes without doing anything by a button of that name, where "Cancel" could be misread. */
  ReasonDialog dismissedBy(String text) {
    dismiss.setText(text);
    return this;
  }

  /**
   * Asks too what becomes of an earlier message about the same business object that has failed.
   *
   * @param ids of the earlier ones, at least one
   * @param together whether they may go in one list
   */
  ReasonDialog askingFor(List<MessageId> ids, boolean together) {
    Paragraph words = new EarlierNotice().show(ids, "");
    earlier.setLabel("Which go?");
    EarlierWish alone = EarlierWish.sendAnyway(null);
    earlier.setItems(together ? List.of(EarlierWish.INCLUDE, alone) : List.of(alone));
    earlier.setItemLabelGenerator(
        wish ->
            wish.equals(EarlierWish.INCLUDE)
                ? "The earlier ones first, then this one"
                : "Only this one, before the earlier ones");
    earlier.setValue(together ? EarlierWish.INCLUDE : alone);
    earlier.setWidthFull();
    addComponentAsFirst(asked(words, earlier));
    return this;
  }

  /**
   * Warns that the target may have it already, and lets nothing happen before somebody says that
   * they have looked.
   */
  ReasonDialog warningOfDoubt() {
    Checkbox tick = warning(new Paragraph(Wordings.IN_DOUBT), Wordings.LOOKED);
    tick.addValueChangeListener(change -> inDoubt = wish(change.getValue()));
    return this;
  }

  /**
   * Warns that a newer message makes it needless, and lets nothing happen before somebody says that
   * it goes all the same.
   */
  ReasonDialog warningOfNewer(MessageId newer) {
    Checkbox tick = warning(Wordings.superseded(newer), Wordings.IN_SPITE);
    tick.addValueChangeListener(change -> superseded = wish(change.getValue()));
    return this;
  }

  private Checkbox warning(Paragraph words, String said) {
    Checkbox tick = new Checkbox(said);
    ticks.add(tick);
    tick.addValueChangeListener(_ -> allowed());
    allowed();
    addComponentAsFirst(asked(words, tick));
    return tick;
  }

  private static Div asked(Paragraph words, Component answer) {
    Div asked = new Div(words, answer);
    asked.addClassName(TillpostTheme.FORM_DIALOG);
    return asked;
  }

  private static AnywayWish wish(boolean said) {
    return said ? AnywayWish.sendAnyway(null) : AnywayWish.LEAVE_OUT;
  }

  private void allowed() {
    act.setEnabled(ticks.stream().allMatch(Checkbox::getValue));
  }

  private void send() {
    EarlierWish wish = earlier.getValue();
    RetryRequest request =
        new RetryRequest(reason.getValue(), key)
            .with(wish == null ? EarlierWish.LEAVE_OUT : wish)
            .withInDoubt(inDoubt)
            .withSuperseded(superseded);
    try {
      answered(action.apply(request));
    } finally {
      allowed();
    }
  }

  private void answered(OperationAnswer answer) {
    switch (answer) {
      case OperationAnswer.Accepted a -> {
        close();
        Notification.show(wording.begun());
        accepted.accept(a.operation());
      }
      case OperationAnswer.Invalid i -> Complaint.about(reason, i.reason());
      case OperationAnswer.Refused r -> Complaint.about(reason, r.reason());
      case OperationAnswer.NotFound n -> Complaint.about(reason, n.reason());
      case OperationAnswer.Forbidden f -> Complaint.about(reason, f.reason());
    }
  }
}
