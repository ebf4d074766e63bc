package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import io.tillpost.console.exceptions.ExceptionDetail;
import io.tillpost.console.exceptions.ExceptionSummary;
import io.tillpost.console.exceptions.Ownership;
import io.tillpost.console.exceptions.Triage;
import io.tillpost.console.exceptions.TriageAnswer;
import io.tillpost.console.security.OperatorDirectory;
import io.tillpost.failure.Fingerprint;
import java.util.Objects;
import java.util.function.Consumer;

/** Gives an exception to a team and to somebody, or to nobody. */
final class AssignDialog extends Dialog {
  /**
   * @param answered is told what became of it
   */
  AssignDialog(
      Triage triage,
      Fingerprint fingerprint,
      ExceptionDetail exception,
      OperatorDirectory directory,
      Consumer<TriageAnswer> answered) {
    Ownership shown = exception.ownership();
    setHeaderTitle("Assign");
    AssignFields fields =
        new AssignFields(
            directory,
            AssignFields.Empty.NONE,
            exception.summary().map(ExceptionSummary::ownerSide).orElse(null),
            shown.team(),
            shown.assignee());
    add(fields);
    Button save =
        new Button(
            "Assign",
            _ -> {
              String assignee = fields.assignee();
              String given = fields.team();
              boolean otherPerson = !Objects.equals(assignee, shown.assignee());
              boolean otherTeam = !Objects.equals(given, shown.team());
              // What was left as it stood there goes on following the rules.
              TriageAnswer answer =
                  otherPerson == otherTeam
                      ? triage.assign(fingerprint, assignee, given)
                      : otherPerson
                          ? triage.assign(fingerprint, assignee)
                          : triage.giveToTeam(fingerprint, given);
              close();
              answered.accept(answer);
            });
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    Button back =
        new Button(
            "As the rules say",
            _ -> {
              TriageAnswer answer = triage.assignByRule(fingerprint);
              close();
              answered.accept(answer);
            });
    back.setVisible(exception.triage().decidesTeam() || exception.triage().decidesAssignee());
    getFooter().add(new Button("Cancel", _ -> close()), back, save);
  }
}
