package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import io.tillpost.console.exceptions.ExceptionDetail;
import io.tillpost.console.exceptions.Ownership;
import io.tillpost.console.exceptions.Triage;
import io.tillpost.console.exceptions.TriageAnswer;
import io.tillpost.console.security.Operator;
import io.tillpost.failure.Fingerprint;
import io.tillpost.frontend.TillpostTheme;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Assigns an exception to somebody, or to nobody. */
final class AssignDialog extends Dialog {
  /**
   * @param answered is told what became of it
   */
  AssignDialog(
      Triage triage,
      Fingerprint fingerprint,
      ExceptionDetail exception,
      List<Operator> operators,
      Consumer<TriageAnswer> answered) {
    Ownership shown = exception.ownership();
    setHeaderTitle("Assign");
    ComboBox<Operator> who = new ComboBox<>("Who", operators);
    who.setItemLabelGenerator(Operator::displayName);
    who.setPlaceholder("Nobody");
    who.setClearButtonVisible(true);
    who.setHelperText("Leave it empty for nobody");
    operators.stream()
        .filter(operator -> operator.id().equals(shown.assignee()))
        .findFirst()
        .ifPresent(who::setValue);
    TextField team = new TextField("Team");
    team.setMaxLength(100);
    team.setValue(Objects.requireNonNullElse(shown.team(), ""));
    Div form = new Div(who, team);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    add(form);
    Button save =
        new Button(
            "Assign",
            _ -> {
              close();
              Operator chosen = who.getValue();
              String assignee = chosen == null ? null : chosen.id();
              String given = team.getValue().isBlank() ? null : team.getValue().strip();
              boolean otherPerson = !Objects.equals(assignee, shown.assignee());
              boolean otherTeam = !Objects.equals(given, shown.team());
              // What was left as it stood there goes on following the rules.
              answered.accept(
                  otherPerson == otherTeam
                      ? triage.assign(fingerprint, assignee, given)
                      : otherPerson
                          ? triage.assign(fingerprint, assignee)
                          : triage.giveToTeam(fingerprint, given));
            });
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    Button back =
        new Button(
            "As the rules say",
            _ -> {
              close();
              answered.accept(triage.assignByRule(fingerprint));
            });
    back.setVisible(exception.triage().decidesTeam() || exception.triage().decidesAssignee());
    getFooter().add(new Button("Cancel", _ -> close()), back, save);
  }
}
