package io.tillpost.console.senders.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import io.tillpost.console.senders.SenderAnswer;
import io.tillpost.frontend.TillpostTheme;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks for a change to a sender and why, and stays open with what is wrong with it. */
final class FormDialog extends Dialog {
  private final TextField reason = new TextField("Why?");
  private final Span problem = new Span();

  /**
   * @param meaning what it does, in a sentence or two
   * @param act the word on the button
   * @param change makes the change for a reason
   * @param done is told of what was done
   */
  FormDialog(
      String title,
      String meaning,
      String act,
      Function<String, SenderAnswer> change,
      Consumer<SenderAnswer> done,
      Component... fields) {
    setHeaderTitle(title);
    setWidth("min(30rem, 100%)");
    Span words = new Span(meaning);
    words.addClassName(TillpostTheme.QUIET);
    reason.setRequired(true);
    reason.setMaxLength(1_000);
    problem.getElement().setAttribute("role", "alert");
    problem.getStyle().set("color", "var(--lumo-error-text-color)");
    Div form = new Div(words);
    form.add(fields);
    form.add(reason, problem);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    add(form);
    Button save = new Button(act, _ -> answered(() -> change.apply(reason.getValue()), done));
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button("Cancel", _ -> close()), save);
  }

  private void answered(Supplier<SenderAnswer> change, Consumer<SenderAnswer> done) {
    SenderAnswer answer = change.get();
    switch (answer) {
      case SenderAnswer.Invalid(var why) -> problem.setText(why);
      case SenderAnswer.Refused(var why) -> problem.setText(why);
      case SenderAnswer.NotFound() -> problem.setText("This sender is not there any more.");
      case SenderAnswer.KeyMade _, SenderAnswer.Done _ -> {
        close();
        done.accept(answer);
      }
    }
  }
}
