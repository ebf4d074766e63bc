package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import io.tillpost.console.exceptions.TriageAnswer;
import io.tillpost.frontend.Complaint;
import io.tillpost.frontend.TillpostTheme;
import java.util.function.Function;

/** Asks why the automatic retry of an exception is stopped. */
final class StopRetryDialog extends Dialog {
  /**
   * @param stop is told the reason
   * @param done is told when it was stopped
   */
  StopRetryDialog(Function<String, TriageAnswer> stop, Runnable done) {
    setHeaderTitle("Stop automatic retry");
    setWidth("min(32rem, 90vw)");
    TextArea reason = new TextArea("Why?");
    reason.setWidthFull();
    Div form =
        new Div(
            new Paragraph(
                "No message of this exception goes out again by itself until somebody starts it again."
                    + " What was sent already is followed to its end."),
            reason);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    add(form);
    Button save =
        new Button(
            "Stop it",
            _ -> {
              switch (stop.apply(reason.getValue())) {
                case TriageAnswer.Done _ -> {
                  close();
                  done.run();
                }
                case TriageAnswer.Invalid invalid -> Complaint.about(reason, invalid.reason());
              }
            });
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button("Cancel", _ -> close()), save);
    reason.focus();
  }
}
