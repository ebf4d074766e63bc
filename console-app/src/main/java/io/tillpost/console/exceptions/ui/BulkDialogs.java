package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.radiobutton.RadioGroupVariant;
import io.tillpost.failure.FailureClass;
import io.tillpost.frontend.TillpostTheme;
import java.util.Optional;
import java.util.function.Function;

/** Asks what is to be done to all selected exceptions. */
final class BulkDialogs {
  private BulkDialogs() {}

  /**
   * @param act does it; a sentence where it was done to none of them, or not to all, and the dialog
   *     stays open
   */
  static void classify(Function<FailureClass, Optional<String>> act) {
    RadioButtonGroup<FailureClass> chosen = new RadioButtonGroup<>("Class");
    chosen.setItems(FailureClass.values());
    chosen.setItemLabelGenerator(c -> Words.of(c) + ": " + Words.meaning(c));
    chosen.addThemeVariants(RadioGroupVariant.LUMO_VERTICAL);
    Span problem = new Span();
    problem.getElement().setAttribute("role", "alert");
    problem.getStyle().set("color", "var(--lumo-error-text-color)");
    Dialog dialog = new Dialog();
    String title = "Classify all selected";
    dialog.setHeaderTitle(title);
    Div form = new Div(chosen, problem);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    dialog.add(form);
    Button ok =
        new Button(
            title,
            _ -> {
              FailureClass failureClass = chosen.getValue();
              Optional<String> objection =
                  failureClass == null
                      ? Optional.of("Choose the class that all of them are given.")
                      : act.apply(failureClass);
              problem.setText(objection.orElse(""));
              if (objection.isEmpty()) {
                dialog.close();
              }
            });
    ok.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    dialog.getFooter().add(new Button("Cancel", _ -> dialog.close()), ok);
    dialog.open();
  }
}
