package io.tillpost.console.alerting.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import io.tillpost.alerting.Alerts;
import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.frontend.TillpostTheme;
import java.util.function.Consumer;

/** Asks for a note before an alert is taken. */
final class AcknowledgeDialog extends Dialog {
  /**
   * @param acknowledge does it, with the note
   * @param done is told once that was done
   */
  AcknowledgeDialog(Alert alert, Consumer<String> acknowledge, Runnable done) {
    setHeaderTitle("Acknowledge " + alert.title());
    TextArea note = new TextArea("Note (optional)");
    note.setMaxLength(Alerts.MAX_NOTE);
    note.setPlaceholder("What you are doing about it");
    Div body =
        new Div(
            new Paragraph(
                "Others see that you have taken it. There is no further mail of it until it is resolved; the all-clear comes."),
            note);
    body.addClassName(TillpostTheme.FORM_DIALOG);
    add(body);
    Button confirm =
        new Button(
            "Acknowledge",
            click -> {
              acknowledge.accept(note.getValue());
              close();
              done.run();
            });
    confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    confirm.setDisableOnClick(true);
    getFooter().add(new Button("Cancel", click -> close()), confirm);
    note.focus();
  }
}
