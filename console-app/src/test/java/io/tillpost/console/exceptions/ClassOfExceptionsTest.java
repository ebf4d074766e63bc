package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.TriagedFailures;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.OwnerSide;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Which class counts: by hand, by a rule, or as it is claimed. */
class ClassOfExceptionsTest extends TriageWorld {
  @Test
  void aClassGivenByHandGoesBeforeARuleAndARuleBeforeWhatIsClaimed() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    fail("TIMEOUT", sale("0002"));
    rules =
        rules(
            """
            rules:
              - {rule: Tax, class: master-data, code: TAX_*, owner: it}
              - {rule: All, class: transient, code: "*"}
            """);

    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(
            e -> e.group().sample().code(),
            ExceptionSummary::failureClass,
            ExceptionSummary::ownerSide,
            ExceptionSummary::classOrigin)
        .containsExactlyInAnyOrder(
            Tuple.tuple(
                "TAX_CODE_UNKNOWN", FailureClass.MASTER_DATA, OwnerSide.IT, "by rule 1 “Tax”"),
            Tuple.tuple("TIMEOUT", FailureClass.TRANSIENT, OwnerSide.IT, "by rule 2 “All”"));

    triage.classify(tax, FailureClass.BUSINESS_RULE);
    assertThat(inbox.find(tax).orElseThrow().summary().orElseThrow())
        .returns(FailureClass.BUSINESS_RULE, ExceptionSummary::failureClass)
        .returns(OwnerSide.BUSINESS, ExceptionSummary::ownerSide)
        .returns("given by hand, against rule 1 “Tax”", ExceptionSummary::classOrigin);
  }

  @Test
  void aTrialSaysWhatWouldChangeAndLeavesAllAsItIs() {
    Fingerprint byHand = fail("TAX_CODE_UNKNOWN", sale("0001"));
    fail("TAX_MISSING", sale("0001"), sale("0002"), sale("0003"));
    fail("OLD_TAX", sale("0004").capturedAt(clock.instant().minus(Duration.ofDays(9))));
    triage.classify(byHand, FailureClass.BUSINESS_RULE);
    RuleTrial trial = new RuleTrial(stores.failures(), records, () -> rules, clock);

    assertThat(trial.of("rules:\n  - {rule: Tax, class: master-data, code: '*TAX*'}\n"))
        .isInstanceOfSatisfying(
            RuleTrial.Answer.Tried.class,
            tried -> {
              RuleTrial.Outcome outcome = tried.outcome();
              assertThat(outcome.exceptions()).isEqualTo(2);
              assertThat(outcome.keptByHand()).isEqualTo(1);
              assertThat(outcome.changes())
                  .extracting(
                      RuleTrial.Change::messages, RuleTrial.Change::before, RuleTrial.Change::after)
                  .containsExactly(Tuple.tuple(3L, FailureClass.UNKNOWN, FailureClass.MASTER_DATA));
              assertThat(outcome.classes().get(FailureClass.UNKNOWN).before().messages())
                  .isEqualTo(3);
              assertThat(outcome.classes().get(FailureClass.MASTER_DATA).after().exceptions())
                  .isEqualTo(1);
              assertThat(outcome.byRule().getFirst().amount().messages()).isEqualTo(3);
            });
    assertThat(trial.of("rules: 1")).isInstanceOf(RuleTrial.Answer.Invalid.class);
    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(ExceptionSummary::failureClass)
        .doesNotContain(FailureClass.MASTER_DATA);
  }

  @Test
  void whatWasDecidedByHandTwiceIsOfferedAsARule() {
    RuleSuggestions suggestions = new RuleSuggestions(stores.failures(), records);
    Fingerprint sales = fail("ODD \"CODE\"", sale("0001"));
    Fingerprint stock = fail("ODD \"CODE\"", stock("0001"));
    assertThat(suggestions.of(sales)).isEmpty();

    triage.classify(sales, FailureClass.MAPPING);
    RuleSuggestions.Suggestion once = suggestions.of(sales).orElseThrow();
    assertThat(once.isRepeated()).isFalse();
    assertThat(once.rule()).contains("text: \"It does not work\"");

    triage.classify(stock, FailureClass.MAPPING);
    RuleSuggestions.Suggestion twice = suggestions.of(sales).orElseThrow();
    assertThat(twice.isRepeated()).isTrue();
    assertThat(twice.words()).startsWith("2 exceptions with the code ODD \"CODE\"");
    rules = rules(twice.first("# First\nrules: # all\n  - {rule: X, class: unknown, code: '*'}\n"));
    assertThat(rules.rules()).hasSize(2);
    triage.classify(stock, null);
    assertThat(inbox.find(stock).orElseThrow().summary().orElseThrow().failureClass())
        .isEqualTo(FailureClass.MAPPING);
    assertThat(rules(twice.first("rules: []")).rules()).hasSize(1);
    assertThat(rules(twice.first("")).rules()).hasSize(1);
  }

  @Test
  void recoveryIsToldTheClassThatCountsAndWhatPeopleDecided() {
    Fingerprint busy = fail("HTTP_429", sale("0001"), sale("0002"));
    rules = rules("rules: [{rule: X, class: transient, http-status: 429}]");
    TriagedExceptions triaged = new TriagedExceptions(records, stores, () -> rules);
    TriagedFailures.Standing fresh =
        new TriagedFailures.Standing(busy, "erp", FailureClass.TRANSIENT, null, null);

    assertThat(triaged.of(busy)).contains(fresh);
    TriagedFailures.Failed failed = triaged.failed().getFirst();
    assertThat(failed.standing()).isEqualTo(fresh);
    assertThat(failed.messages()).isEqualTo(2);
    assertThat(stores.messages().search(failed.query()).items())
        .hasSize(2)
        .allMatch(stored -> triaged.of(stored.message()).equals(Optional.of(fresh)));
    triage.classify(busy, FailureClass.MAPPING);
    triage.stopAutomaticRetry(busy, "Not now");
    assertThat(triaged.failed().getFirst().standing())
        .isEqualTo(
            new TriagedFailures.Standing(
                busy, "erp", FailureClass.MAPPING, FailureClass.MAPPING, "support"));
    assertThat(triaged.of(new Fingerprint("00ff00ff00ff00ff"))).isEmpty();
  }
}
