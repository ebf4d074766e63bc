package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import io.tillpost.console.exceptions.Merging;
import io.tillpost.console.exceptions.TriageAnswer;
import io.tillpost.frontend.Complaint;
import io.tillpost.frontend.TillpostTheme;
import java.util.function.Function;

/** Asks once more, and for a reason that may be left out. */
final class ReasonDialog extends Dialog {
  /**
   * @param meaning what is going to happen, as a sentence
   * @param act is told the reason, blank for none
   * @param done is told when it was done
   */
  ReasonDialog(String title, String meaning, Function<String, TriageAnswer> act, Runnable done) {
    setHeaderTitle(title);
    setWidth("min(32rem, 90vw)");
    Span words = new Span(meaning);
    TextField reason = new TextField("Why?");
    reason.setMaxLength(Merging.LONGEST_REASON);
    reason.setWidthFull();
    Div form = new Div(words, reason);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    add(form);
    Button ok =
        new Button(
            title,
            _ -> {
              switch (act.apply(reason.getValue())) {
                case TriageAnswer.Done _ -> {
                  close();
                  done.run();
                }
                case TriageAnswer.Invalid invalid -> Complaint.about(reason, invalid.reason());
              }
            });
    ok.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    // Of the form alone: Enter on a button presses that one.
    ok.addClickShortcut(Key.ENTER).listenOn(form);
    getFooter().add(new Button("Cancel", _ -> close()), ok);
    reason.focus();
  }
}
