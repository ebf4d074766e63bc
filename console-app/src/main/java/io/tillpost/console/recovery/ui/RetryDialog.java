package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.TextArea;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.recovery.RecoveryOperation;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks why, then retries. All clicks in one dialog are one request: they carry the same key, so
 * that a second click cannot send a second time.
 */
public final class RetryDialog extends Dialog {
  private final String key = UUID.randomUUID().toString();
  private final TextArea reason = new TextArea("Why is it worth another attempt?");
  private final Button retry = new Button("Retry");
  private final transient Function<RetryRequest, OperationAnswer> action;
  private final transient Consumer<RecoveryOperation> accepted;

  /**
   * @param title what is retried
   * @param explanation what will happen, in a sentence or two
   * @param action retries
   * @param accepted is told of the operation that runs
   */
  public RetryDialog(
      String title,
      String explanation,
      Function<RetryRequest, OperationAnswer> action,
      Consumer<RecoveryOperation> accepted) {
    this.action = action;
    this.accepted = accepted;
    setHeaderTitle(title);
    setWidth("min(32rem, 100%)");
    reason.setRequired(true);
    reason.setMaxLength(RetryRequest.LONGEST_REASON);
    reason.setPlaceholder("For example: the tax code is there now");
    reason.setWidthFull();
    reason.focus();
    Paragraph words = new Paragraph(explanation);
    words.addClassName(TillpostTheme.FORM_DIALOG);
    add(words, reason);
    retry.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    retry.setDisableOnClick(true);
    retry.addClickListener(_ -> send());
    retry.addClickShortcut(Key.ENTER, com.vaadin.flow.component.KeyModifier.CONTROL);
    getFooter().add(new Button("Cancel", _ -> close()), retry);
  }

  private void send() {
    RetryRequest request = new RetryRequest(reason.getValue(), key);
    try {
      answered(action.apply(request));
    } finally {
      retry.setEnabled(true);
    }
  }

  private void answered(OperationAnswer answer) {
    switch (answer) {
      case OperationAnswer.Accepted a -> {
        close();
        Notification.show("Retry started; done when the target confirms");
        accepted.accept(a.operation());
      }
      case OperationAnswer.Invalid i -> complain(i.reason());
      case OperationAnswer.Refused r -> complain(r.reason());
      case OperationAnswer.NotFound n -> complain(n.reason());
    }
  }

  private void complain(String why) {
    reason.setErrorMessage(why);
    reason.setInvalid(true);
  }
}
