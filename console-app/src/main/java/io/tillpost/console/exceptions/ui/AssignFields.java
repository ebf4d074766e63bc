package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import io.tillpost.console.security.Operator;
import io.tillpost.console.security.OperatorDirectory;
import io.tillpost.console.security.Team;
import io.tillpost.console.security.Teams;
import io.tillpost.failure.OwnerSide;
import io.tillpost.frontend.TillpostTheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A team and somebody to choose. The teams that are configured are offered, those of the side that
 * has to act first; the members of the chosen one stand first among the people.
 */
final class AssignFields extends Div {
  private static final String WIDTH = "18rem";
  private static final String STAYS = "Stays as it is with each";

  /** Stands for no team where an empty field says something else; no team is called so. */
  private static final String NO_TEAM = "none";

  /** What a field says in which nothing is chosen. */
  enum Empty {
    /** Nobody, or no team. */
    NONE,
    /** That each of several exceptions stays as it is; none is one more choice then. */
    KEEPS
  }

  private final transient Teams teams;
  private final transient List<Operator> operators;
  private final Empty empty;
  private final ComboBox<Optional<Operator>> who = new ComboBox<>("Who");
  private final ComboBox<String> team = new ComboBox<>("Team");

  /**
   * @param side which has to act, or null where that differs or is not known
   * @param shownTeam the team that has it, or null
   * @param shownAssignee the user name of who deals with it, or null
   */
  AssignFields(
      OperatorDirectory directory,
      Empty empty,
      @Nullable OwnerSide side,
      @Nullable String shownTeam,
      @Nullable String shownAssignee) {
    teams = directory.teams();
    operators = directory.all();
    this.empty = empty;
    offerTeams(side, shownTeam);
    who.setItemLabelGenerator(one -> one.map(this::label).orElse("Nobody"));
    who.setPlaceholder(empty == Empty.NONE ? "Nobody" : STAYS);
    who.setClearButtonVisible(true);
    who.setHelperText(empty == Empty.NONE ? "Leave it empty for nobody" : "");
    offerPeople();
    operators.stream()
        .filter(operator -> operator.id().equals(shownAssignee))
        .findFirst()
        .ifPresent(operator -> who.setValue(Optional.of(operator)));
    team.setWidth(WIDTH);
    who.setWidth(WIDTH);
    addClassName(TillpostTheme.FORM_DIALOG);
    add(team, who);
  }

  /** Is run whenever something is chosen, or nothing any more. */
  void whenChosen(Runnable then) {
    team.addValueChangeListener(_ -> then.run());
    who.addValueChangeListener(_ -> then.run());
  }

  /** The user name of who is chosen; null for nobody, and where nothing is chosen. */
  @Nullable String assignee() {
    Optional<Operator> chosen = who.getValue();
    return chosen == null ? null : chosen.map(Operator::id).orElse(null);
  }

  /** The name of the team; null for none, and where nothing is chosen. */
  @Nullable String team() {
    String chosen = team.getValue();
    return empty == Empty.KEEPS && NO_TEAM.equals(chosen) ? null : chosen;
  }

  /** Whether nothing is chosen among the people. */
  boolean keepsAssignee() {
    return who.isEmpty();
  }

  /** Whether nothing is chosen among the teams. */
  boolean keepsTeam() {
    return team.isEmpty();
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
    if (empty == Empty.KEEPS) {
      names.addFirst(NO_TEAM);
    }
    team.setItems(names);
    team.setItemLabelGenerator(this::label);
    team.setPlaceholder(empty == Empty.NONE ? "No team" : STAYS);
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
    Optional<Operator> chosen = who.getValue();
    offerPeople();
    who.setValue(chosen);
  }

  private void explain() {
    team.setHelperText(explanation());
  }

  private String explanation() {
    if (!keepsTeam() && team() == null) {
      return "None of them is of a team then";
    }
    if (keepsTeam() || teams.isEmpty()) {
      return empty == Empty.NONE ? "Leave it empty for no team" : "";
    }
    return chosenTeam()
        .map(one -> members(one.members().size()))
        .orElse("No such team in the users file: nobody is in it or mailed");
  }

  private String members(int count) {
    return (count == 1
            ? "1 member, who is mailed "
            : "%,d members, who are mailed ".formatted(count))
        + (empty == Empty.NONE ? "where you choose nobody" : "about those that nobody deals with");
  }

  private void offerPeople() {
    Stream<Optional<Operator>> people =
        operators.stream()
            .sorted(Comparator.comparing((Operator one) -> !isMember(one)))
            .map(Optional::of);
    who.setItems(
        (empty == Empty.NONE
                ? people
                : Stream.concat(Stream.of(Optional.<Operator>empty()), people))
            .toList());
  }

  private String label(String name) {
    if (empty == Empty.KEEPS && name.equals(NO_TEAM)) {
      return "No team";
    }
    return teams.find(name).map(Team::side).map(of -> name + " · " + Words.of(of)).orElse(name);
  }

  private String label(Operator operator) {
    String name = operator.displayName();
    return isMember(operator) ? name + " · " + team.getValue() : name;
  }

  private boolean isMember(Operator operator) {
    return chosenTeam().filter(one -> one.members().contains(operator.id())).isPresent();
  }

  private Optional<Team> chosenTeam() {
    return Optional.ofNullable(team.getValue()).flatMap(teams::find);
  }
}
