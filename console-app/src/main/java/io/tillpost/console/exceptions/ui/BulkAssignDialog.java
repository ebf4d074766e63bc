package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Span;
import io.tillpost.console.exceptions.AssignWish;
import io.tillpost.console.security.OperatorDirectory;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Gives all selected exceptions to a team, to somebody, or to both. They differ in what they have
 * now, so a field in which nothing is chosen leaves each as it is.
 */
final class BulkAssignDialog extends Dialog {
  private final Span problem = new Span();

  /**
   * @param assign does it; a sentence where it was done to none of them, and the dialog stays open
   * @param byRule puts all back to what the rules say; likewise
   */
  BulkAssignDialog(
      OperatorDirectory directory,
      Function<AssignWish, Optional<String>> assign,
      Supplier<Optional<String>> byRule) {
    setHeaderTitle("Assign all selected");
    AssignFields fields = new AssignFields(directory, AssignFields.Empty.KEEPS, null, null, null);
    problem.getElement().setAttribute("role", "alert");
    problem.getStyle().set("color", "var(--lumo-error-text-color)");
    fields.add(problem);
    // It is about what was chosen before.
    fields.whenChosen(() -> problem.setText(""));
    add(fields);
    Button save =
        new Button(
            "Assign all selected",
            _ ->
                answered(
                    wish(fields)
                        .map(assign)
                        .orElseGet(() -> Optional.of("Choose a team, or who deals with them."))));
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    Button back = new Button("As the rules say", _ -> answered(byRule.get()));
    back.setTooltipText(
        "Takes back what people decided about their team and about who deals with them");
    getFooter().add(new Button("Cancel", _ -> close()), back, save);
  }

  private void answered(Optional<String> objection) {
    problem.setText(objection.orElse(""));
    if (objection.isEmpty()) {
      close();
    }
  }

  private static Optional<AssignWish> wish(AssignFields fields) {
    if (fields.keepsTeam()) {
      return fields.keepsAssignee()
          ? Optional.empty()
          : Optional.of(AssignWish.to(fields.assignee()));
    }
    return Optional.of(
        fields.keepsAssignee()
            ? AssignWish.toTeam(fields.team())
            : AssignWish.both(fields.assignee(), fields.team()));
  }
}
