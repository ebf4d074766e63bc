package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import io.tillpost.console.exceptions.ExceptionDetail;
import io.tillpost.console.exceptions.ExceptionSummary;
import io.tillpost.console.exceptions.Ownership;
import io.tillpost.console.exceptions.Triage;
import io.tillpost.console.exceptions.TriageAnswer;
import io.tillpost.console.security.Operator;
import io.tillpost.console.security.OperatorDirectory;
import io.tillpost.console.security.Team;
import io.tillpost.console.security.Teams;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.OwnerSide;
import io.tillpost.frontend.TillpostTheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives an exception to a team and to somebody, or to nobody. The teams that are configured are
 * offered, those of the side that has to act first; the members of the chosen one stand first among
 * the people.
 */
final class AssignDialog extends Dialog {
  private static final String WIDTH = "18rem";

  private final transient Teams teams;
  private final transient List<Operator> operators;
  private final ComboBox<Operator> who = new ComboBox<>("Who");
  private final ComboBox<String> team = new ComboBox<>("Team");

  /**
   * @param answered is told what became of it
   */
  AssignDialog(
      Triage triage,
      Fingerprint fingerprint,
      ExceptionDetail exception,
      OperatorDirectory directory,
      Consumer<TriageAnswer> answered) {
    teams = directory.teams();
    operators = directory.all();
    Ownership shown = exception.ownership();
    setHeaderTitle("Assign");
    offerTeams(exception.summary().map(ExceptionSummary::ownerSide).orElse(null), shown.team());
    who.setItemLabelGenerator(this::label);
    who.setPlaceholder("Nobody");
    who.setClearButtonVisible(true);
    who.setHelperText("Leave it empty for nobody");
    offerPeople();
    operators.stream()
        .filter(operator -> operator.id().equals(shown.assignee()))
        .findFirst()
        .ifPresent(who::setValue);
    team.setWidth(WIDTH);
    who.setWidth(WIDTH);
    Div form = new Div(team, who);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    add(form);
    Button save =
        new Button(
            "Assign",
            _ -> {
              close();
              Operator chosen = who.getValue();
              String assignee = chosen == null ? null : chosen.id();
              String given = team.getValue();
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

  /** A name that is not configured can be entered: exceptions and rules have such teams too. */
  private void offerTeams(@Nullable OwnerSide side, @Nullable String shown) {
    List<String> names =
        new ArrayList<>(
            teams.all().stream()
                .sorted(Comparator.comparing((Team one) -> side == null || one.side() != side))
                .map(Team::name)
                .toList());
    if (shown != null && !names.contains(shown)) {
      names.add(shown);
    }
    team.setItems(names);
    team.setItemLabelGenerator(
        name ->
            configured(name).map(Team::side).map(of -> name + " · " + Words.of(of)).orElse(name));
    team.setPlaceholder("No team");
    team.setClearButtonVisible(true);
    team.setAllowCustomValue(true);
    team.addCustomValueSetListener(
        entered -> {
          String name = teams.spelled(entered.getDetail().strip());
          team.setValue(name.isEmpty() ? null : name);
        });
    team.addValueChangeListener(_ -> teamChosen());
    team.setValue(shown);
    explain();
  }

  private void teamChosen() {
    explain();
    Operator chosen = who.getValue();
    offerPeople();
    who.setValue(chosen);
  }

  private void explain() {
    String name = team.getValue();
    Optional<Team> known = chosenTeam();
    if (name == null || (known.isEmpty() && teams.isEmpty())) {
      team.setHelperText("Leave it empty for no team");
    } else {
      team.setHelperText(
          known
              .map(
                  one ->
                      one.members().size() == 1
                          ? "1 member, who is mailed where you choose nobody"
                          : "%,d members, who are mailed where you choose nobody"
                              .formatted(one.members().size()))
              .orElse("No such team in the users file: nobody is in it or mailed"));
    }
  }

  private void offerPeople() {
    who.setItems(
        operators.stream().sorted(Comparator.comparing((Operator one) -> !isMember(one))).toList());
  }

  private String label(Operator operator) {
    String name = operator.displayName();
    return isMember(operator) ? name + " · " + team.getValue() : name;
  }

  private boolean isMember(Operator operator) {
    return chosenTeam().filter(one -> one.members().contains(operator.id())).isPresent();
  }

  private Optional<Team> chosenTeam() {
    return Optional.ofNullable(team.getValue()).flatMap(this::configured);
  }

  private Optional<Team> configured(String name) {
    return teams.find(name);
  }
}
