package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.radiobutton.RadioGroupVariant;
import io.tillpost.console.exceptions.BulkTriage.Answer;
import io.tillpost.failure.FailureClass;
import io.tillpost.frontend.TillpostTheme;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks what is to be done to all selected exceptions. */
final class BulkDialogs {
  private final Consumer<Answer> done;

  /**
   * @param done is told what became of it
   */
  BulkDialogs(Consumer<Answer> done) {
    this.done = done;
  }

  void classify(Function<FailureClass, Answer> act) {
    RadioButtonGroup<FailureClass> chosen = new RadioButtonGroup<>("Class");
    chosen.setItems(FailureClass.values());
    chosen.setItemLabelGenerator(c -> Words.of(c) + ": " + Words.meaning(c));
    chosen.addThemeVariants(RadioGroupVariant.LUMO_VERTICAL);
    open("Classify all selected", () -> Optional.ofNullable(chosen.getValue()).map(act), chosen);
  }

  /**
   * @param act does it; empty where something is missing yet
   */
  private void open(String title, Supplier<Optional<Answer>> act, Component... fields) {
    Dialog dialog = new Dialog();
    dialog.setHeaderTitle(title);
    Div form = new Div(fields);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    dialog.add(form);
    Button ok =
        new Button(
            title,
            _ ->
                act.get()
                    .ifPresent(
                        answer -> {
                          dialog.close();
                          done.accept(answer);
                        }));
    ok.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    dialog.getFooter().add(new Button("Cancel", _ -> dialog.close()), ok);
    dialog.open();
  }
}
