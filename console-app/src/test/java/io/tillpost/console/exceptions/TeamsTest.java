package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.classification.Assignees;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Team;
import io.tillpost.console.security.Teams;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.OwnerSide;
import io.tillpost.failure.TeamHandOver;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is of somebody's teams, and how a team is named. */
class TeamsTest extends TriageWorld {
  private static final ExceptionFilter MINE =
      ExceptionFilter.ALL.with(f -> f.team(ExceptionFilter.MY_TEAMS));

  private Fingerprint tax;

  @BeforeEach
  void twoTeams() {
    teams =
        new Teams(
            List.of(
                new Team("Retail IT", List.of("oncall", "support"), null, OwnerSide.IT),
                new Team("Master data", List.of("oncall"), null, OwnerSide.BUSINESS)));
    tax = fail("TAX_A", sale("0001"));
    fail("TIMEOUT", sale("0002"));
    fail("UNIT", stock("0003"));
  }

  @Test
  void whatATeamHasByHandOrByRuleIsOfItsMembers() {
    triage.giveToTeam(tax, "retail it");
    rules = rules("rules: [{rule: Unit, class: mapping, team: MASTER DATA, code: UNIT}]");

    assertThat(codes(MINE)).containsExactly("TAX_A");
    logIn("oncall");
    assertThat(codes(MINE)).containsExactlyInAnyOrder("TAX_A", "UNIT");
    logIn("manager");
    assertThat(codes(MINE)).isEmpty();
    assertThat(codes(MINE.with(f -> f.workflows(Set.of("sales-posting"))))).isEmpty();
  }

  @Test
  void aTeamThatIsConfiguredIsSpelledAsThereAndAnyOtherNameStays() {
    triage.giveToTeam(tax, " retail it ");
    assertThat(records.get(tax).team()).isEqualTo("Retail IT");
    triage.assign(tax, "oncall", "Till vendor");
    assertThat(records.get(tax).team()).isEqualTo("Till vendor");
    assertThat(triage.giveToTeam(tax, "Mine"))
        .isEqualTo(new TriageAnswer.Invalid("No team is called 'Mine': that is a word of filters"));
    assertThat(triage.giveToTeam(tax, "x".repeat(101))).isInstanceOf(TriageAnswer.Invalid.class);
    assertThat(records.get(tax).team()).isEqualTo("Till vendor");
  }

  @Test
  void aCommentAsksATeamUntilOneOfItActs() {
    triage.comment(tax, "Ask @retail-it-lead or @retail");
    assertThat(codes(MINE)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    triage.comment(tax, "Can you look, @Retail-IT?");
    assertThat(codes(MINE)).as("who asks is not asked").isEmpty();

    logIn("oncall");
    assertThat(codes(MINE)).containsExactly("TAX_A");
    clock.advance(Duration.ofSeconds(1));
    triage.comment(tax, "I do");
    assertThat(codes(MINE)).isEmpty();
  }

  @Test
  void aHandOverToATeamIsKeptWhereNobodyDealsWithIt() {
    assertThat(given()).isNull();
    triage.giveToTeam(tax, "Retail IT");
    assertThat(given().team()).isEqualTo("Retail IT");
    assertThat(given().by()).isEqualTo("support");
    assertThat(given().at()).isEqualTo(clock.instant());

    clock.advance(Duration.ofMinutes(1));
    triage.assign(tax, null, "RETAIL IT");
    assertThat(given().at()).as("it had it already").isBefore(clock.instant());
    triage.assign(tax, "oncall", "Master data");
    assertThat(given().team()).as("somebody deals with it").isEqualTo("Retail IT");
    triage.assign(tax, null, "Retail IT");
    assertThat(given().at()).isEqualTo(clock.instant());

    rules = rules("rules: [{rule: Tax, class: mapping, assignee: oncall, code: TAX_A}]");
    triage.assignByRule(tax);
    clock.advance(Duration.ofMinutes(1));
    triage.giveToTeam(tax, "Master data");
    assertThat(given().team()).as("the rule says who deals with it").isEqualTo("Retail IT");
  }

  @Test
  void severalAreGivenToATeamAndEachStaysWithWhoDealsWithIt() {
    Fingerprint taken = fail("TAKEN", sale("0004"));
    triage.assign(taken, "oncall", "Master data");
    BulkTriage bulk = bulk();

    assertThat(bulk.assign(List.of(tax, taken), AssignWish.toTeam("retail it"), "k-1").done())
        .isEqualTo(2);
    assertThat(records.get(taken).team()).isEqualTo("Retail IT");
    assertThat(records.get(taken).assignee()).isEqualTo("oncall");
    assertThat(given().team()).isEqualTo("Retail IT");
    assertThat(records.get(taken).teamGiven()).as("somebody deals with it").isNull();

    bulk.assign(List.of(tax, taken), AssignWish.both(null, "Till vendor"), "k-2");
    assertThat(List.of(records.get(tax), records.get(taken)))
        .allSatisfy(
            group -> {
              assertThat(group.team()).isEqualTo("Till vendor");
              assertThat(group.assignee()).isNull();
            });
    assertThat(bulk.assign(List.of(tax, taken), AssignWish.toTeam("x".repeat(101)), "k-3"))
        .isEqualTo(
            new BulkTriage.Answer(
                0, 2, Set.of("A team's name has up to 100 characters"), List.of()));
    bulk.assign(List.of(tax), AssignWish.toTeam(null), "k-4");
    assertThat(records.get(tax).team()).isNull();
    assertThat(records.get(taken).team()).as("of those that were not chosen").isNotNull();

    rules = rules("rules: [{rule: Tax, class: mapping, team: Master data, code: TAX_A}]");
    assertThat(bulk.assignByRule(List.of(tax, taken), "k-5").done()).isEqualTo(2);
    logIn("oncall");
    assertThat(codes(MINE)).containsExactly("TAX_A");
  }

  @Test
  void aTrialWarnsOfATeamThatIsNotConfiguredOrOnTheOtherSide() {
    String text =
        """
        rules:
        - {rule: Tax, class: mapping, team: Retail Itt, code: TAX_A}
        - {rule: Time, class: transient, owner: business, team: retail IT, code: TIMEOUT}
        - {rule: Unit, class: mapping, owner: business, team: Master data, code: UNIT}
        - {rule: Other, class: mapping, owner: it, code: OTHER}
        """;

    assertThat(warnings(text))
        .containsExactly(
            "Tax: The team “Retail Itt” is not configured: nobody is in it, so its exceptions are"
                + " nobody's “My teams” and nobody is mailed. Teams are Retail IT, Master data.",
            "Time: It says that business has to act, and the team “Retail IT” is on the side of"
                + " IT.");
    teams = Teams.NONE;
    assertThat(warnings(text)).as("teams are names only here").isEmpty();
  }

  private List<String> warnings(String text) {
    RuleTrial trial =
        new RuleTrial(
            stores,
            records,
            classifier,
            Assignees.ANYBODY,
            known,
            () -> teams,
            new CurrentOperator(),
            clock);
    return switch (trial.of(text)) {
      case RuleTrial.Answer.Tried tried ->
          tried.outcome().warnings().stream()
              .map(warning -> warning.rule().name() + ": " + warning.message())
              .toList();
      case RuleTrial.Answer.Invalid invalid -> throw new AssertionError(invalid.problems());
    };
  }

  private TeamHandOver given() {
    ExceptionGroup group =
        records.all(List.of(tax)).getOrDefault(tax.value(), ExceptionGroup.fresh(tax));
    return group.teamGiven();
  }
}
