package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.classification.Assignees;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.SplitCondition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Which team has an exception and who deals with it, by rule and by hand. */
class OwnershipTest extends TriageWorld {
  private static final String RULE =
      "rules: [{rule: Tax, class: mapping, team: Retail IT, assignee: oncall, code: TAX_*}]";

  @Test
  void aRuleGivesWhatNobodyDecidedAndTheListIsFilteredByIt() {
    fail("TAX_A", sale("0001"));
    fail("TIMEOUT", sale("0002"));
    rules = rules(RULE);

    assertThat(codes(assignedTo("oncall"))).containsExactly("TAX_A");
    assertThat(codes(assignedTo(ExceptionFilter.NOBODY))).containsExactly("TIMEOUT");
    assertThat(codes(ofTeam("retail it"))).containsExactly("TAX_A");
    assertThat(codes(ofTeam("Retail"))).isEmpty();
    assertThat(codes(ofTeam(ExceptionFilter.NO_TEAM))).containsExactly("TIMEOUT");
    assertThat(inbox.list(assignedTo("oncall")).getFirst().ownership())
        .isEqualTo(
            new Ownership(
                "Retail IT", "oncall", "team Retail IT by rule 1 “Tax”, oncall by rule 1 “Tax”"));
    StringBuilder csv = new StringBuilder();
    assertThat(inbox.list(ExceptionFilter.ALL)).hasSize(2);
    write(csv);
    assertThat(csv.toString()).contains("\"Retail IT\",\"oncall\"");
  }

  @Test
  void nobodyAndNoTeamByHandStayUntilItIsPutBackToTheRule() {
    Fingerprint tax = fail("TAX_A", sale("0001"));
    rules = rules(RULE);

    triage.assign(tax, null, null);
    assertThat(codes(ofTeam(ExceptionFilter.NO_TEAM))).containsExactly("TAX_A");
    assertThat(codes(assignedTo("oncall"))).isEmpty();
    assertThat(codes(assignedTo(ExceptionFilter.NOBODY))).containsExactly("TAX_A");
    assertThat(origin(tax))
        .isEqualTo("no team by hand, against rule 1 “Tax”, nobody by hand, against rule 1 “Tax”");

    triage.assignByRule(tax);
    assertThat(codes(assignedTo("oncall"))).containsExactly("TAX_A");
    assertThat(auditOf(tax))
        .extracting(AuditEntry::before, AuditEntry::after)
        .containsExactlyInAnyOrder(
            Tuple.tuple("oncall, team Retail IT", "nobody"),
            Tuple.tuple("nobody", "oncall, team Retail IT"));
    assertThat(records.get(tax).history().getLast().what())
        .isEqualTo("let the rules decide who deals with it");
  }

  @Test
  void whoActsHasItAndTheTeamStaysWithTheRule() {
    Fingerprint taken = fail("TAX_A", sale("0001"));
    Fingerprint retried = fail("TAX_B", sale("0002"));
    rules = rules(RULE);

    triage.assignToMe(taken);
    news.started(retryAll(retried, "support"));
    bulk().assign(List.of(taken), AssignWish.to("support"), "k-1");

    assertThat(codes(assignedTo("support"))).containsExactlyInAnyOrder("TAX_A", "TAX_B");
    assertThat(origin(taken))
        .isEqualTo("team Retail IT by rule 1 “Tax”, support by hand, against rule 1 “Tax”");
    rules = rules(RULE.replace("Retail IT", "Tax"));
    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(ExceptionSummary::team)
        .containsOnly("Tax");
  }

  @Test
  void aTeamByHandLeavesThePersonToTheRule() {
    Fingerprint tax = fail("TAX_A", sale("0001"));
    rules = rules(RULE);
    triage.giveToTeam(tax, " Stores ");

    assertThat(origin(tax))
        .isEqualTo("team Stores by hand, against rule 1 “Tax”, oncall by rule 1 “Tax”");
    rules = rules(RULE.replace("oncall", "support"));
    assertThat(codes(assignedTo("support"))).containsExactly("TAX_A");
    assertThat(triage.giveToTeam(tax, "x".repeat(101))).isInstanceOf(TriageAnswer.Invalid.class);
    triage.giveToTeam(tax, null);
    assertThat(origin(tax))
        .isEqualTo("no team by hand, against rule 1 “Tax”, support by rule 1 “Tax”");
  }

  @Test
  void aClassByHandTakesItOffNobodysListAndASplitKeepsWhatWasDecided() {
    Fingerprint tax = fail("TAX_A", sale("0001"), sale("0002"));
    rules = rules(RULE);
    triage.classify(tax, FailureClass.SECURITY);
    assertThat(codes(assignedTo("oncall"))).containsExactly("TAX_A");

    triage.assign(tax, null, null);
    splitting.split(tax, new SplitCondition(Set.of("0002"), null, null, null, null, null), null);
    // What is counted may be a second old.
    clock.advance(Duration.ofSeconds(2));
    assertThat(codes(assignedTo(ExceptionFilter.NOBODY))).containsExactly("TAX_A", "TAX_A");
  }

  @Test
  void whoIsNoUserAnyMoreDealsWithNothing() {
    Fingerprint byRule = fail("TAX_A", sale("0001"));
    Fingerprint byHand = fail("TIMEOUT", sale("0002"));
    triage.assign(byHand, "oncall", null);
    rules = rules(RULE);

    users.remove("oncall");

    assertThat(codes(assignedTo(ExceptionFilter.NOBODY)))
        .containsExactlyInAnyOrder("TAX_A", "TIMEOUT");
    assertThat(origin(byRule))
        .isEqualTo(
            "team Retail IT by rule 1 “Tax”, nobody, because oncall, assigned by rule 1 “Tax”, is"
                + " no user any more");
    news.started(retryAll(byHand, "support"));
    assertThat(codes(assignedTo("support"))).containsExactly("TIMEOUT");
  }

  @Test
  void aTrialSaysWhoWouldHaveWhatAndThatSomebodyIsNotKnown() {
    Fingerprint byHand = fail("TAX_A", sale("0001"));
    fail("TAX_B", sale("0001"), sale("0002"));
    triage.assign(byHand, "oncall", "Retail IT");
    Assignees assignees =
        login -> users.contains(login) ? Optional.empty() : Optional.of("No " + login);
    RuleTrial trial =
        new RuleTrial(
            stores,
            records,
            classifier,
            assignees,
            known,
            () -> teams,
            new CurrentOperator(),
            clock);

    assertThat(trial.of(RULE))
        .isInstanceOfSatisfying(
            RuleTrial.Answer.Tried.class,
            tried ->
                assertThat(tried.outcome().ownerChanges())
                    .extracting(
                        RuleTrial.OwnerChange::messages,
                        change -> change.before().words(),
                        change -> change.after().words())
                    .containsExactly(Tuple.tuple(2L, "nobody", "oncall, team Retail IT")));
    assertThat(trial.of(RULE.replace("oncall", "stranger")))
        .isInstanceOfSatisfying(
            RuleTrial.Answer.Invalid.class,
            invalid ->
                assertThat(invalid.problems().getFirst().message()).isEqualTo("No stranger"));
  }

  @Test
  void aRuleThatIsSuggestedKeepsTheTeamAndThePersonOfTheRuleBefore() {
    Fingerprint tax = fail("TAX_A", sale("0001"));
    rules = rules(RULE);
    triage.classify(tax, FailureClass.SECURITY);
    triage.assignToMe(tax);
    RuleSuggestions suggestions = new RuleSuggestions(stores.failures(), records, classifier);

    rules =
        rules(
            suggestions
                .of(tax)
                .orElseThrow()
                .first(RULE.replace("[{", "\n  - {").replace("}]", "}")));
    triage.assignByRule(tax);

    assertThat(origin(tax)).startsWith("team Retail IT by rule 1 “It does not").contains("oncall");
  }

  private static ExceptionFilter assignedTo(String who) {
    return ExceptionFilter.ALL.with(filter -> filter.assignee(who));
  }

  private String origin(Fingerprint exception) {
    return inbox.find(exception).orElseThrow().ownership().origin();
  }

  private void write(StringBuilder csv) {
    try {
      ExceptionTable.csv(inbox.list(ExceptionFilter.ALL), csv);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ExceptionFilter ofTeam(String team) {
    return ExceptionFilter.ALL.with(filter -> filter.team(team));
  }
}
