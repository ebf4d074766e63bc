package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.edit.EditRule;
import io.tillpost.frontend.Complaint;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.recovery.RecoveryOperation;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Asks which field is set to what in the payloads of a list, and has every difference previewed.
 * All clicks in one dialog are one request: they carry the same key.
 */
public final class RuleDialog extends Dialog {
  private final String key = UUID.randomUUID().toString();
  private final TextField field = new TextField("Field");
  private final TextField where = new TextField("Only where it is");
  private final TextField value = new TextField("New value");
  private final TextArea reason = new TextArea("Why is the payload corrected?");
  private final Paragraph words =
      new Paragraph(
          "Nothing is sent yet: the preview shows every difference. Messages without the field"
              + " are left out.");
  private final Button preview = new Button("Preview", _ -> plan());
  private final transient BiFunction<EditRule, RetryRequest, OperationAnswer> action;
  private final transient Consumer<RecoveryOperation> accepted;

  /**
   * @param action plans the edit of the list by this rule; the request is only to plan, the same
   *     one for every click but for its reason
   * @param accepted is told of the operation that was planned
   */
  public RuleDialog(
      BiFunction<EditRule, RetryRequest, OperationAnswer> action,
      Consumer<RecoveryOperation> accepted) {
    this.action = action;
    this.accepted = accepted;
    setHeaderTitle("Set a field and retry all");
    setWidth("min(32rem, 100%)");
    words.addClassName(TillpostTheme.FORM_DIALOG);
    field.setPlaceholder("lines[*].unit");
    field.setHelperText("As in the payload; * stands for every number");
    field.setRequiredIndicatorVisible(true);
    where.setPlaceholder("Any value");
    for (TextField input : new TextField[] {field, where, value}) {
      input.setWidthFull();
      input.setManualValidation(true);
    }
    field.focus();
    reason.setWidthFull();
    reason.setMaxLength(RetryRequest.LONGEST_REASON);
    reason.setHelperText("It is asked for when the operation starts, so it can wait");
    reason.setVisible(false);
    add(words, field, where, value, reason);
    preview.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    preview.setDisableOnClick(true);
    getFooter().add(new Button("Cancel", _ -> close()), preview);
  }

  /**
   * Begins with the rule of an operation that is edited again.
   *
   * @param why it was asked for then; blank where nobody said
   * @param explanation what becomes of the list, in a sentence or two
   */
  RuleDialog filledWith(EditRule rule, String why, String explanation) {
    setHeaderTitle("Edit the rule again");
    words.setText(explanation);
    field.setValue(rule.field());
    where.setValue(rule.where() == null ? "" : rule.where());
    value.setValue(rule.value());
    reason.setValue(why);
    reason.setVisible(true);
    return this;
  }

  private void plan() {
    String only = where.getValue().isEmpty() ? null : where.getValue();
    EditRule rule = new EditRule(field.getValue().strip(), only, value.getValue());
    switch (action.apply(rule, RetryRequest.plan(key).because(reason.getValue()))) {
      case OperationAnswer.Accepted a -> {
        close();
        accepted.accept(a.operation());
      }
      case OperationAnswer.Invalid i -> complain(i.reason());
      case OperationAnswer.Refused r -> complain(r.reason());
      case OperationAnswer.NotFound n -> complain(n.reason());
      case OperationAnswer.Forbidden f -> complain(f.reason());
    }
  }

  private void complain(String why) {
    Complaint.about(field, why);
    preview.setEnabled(true);
  }
}
