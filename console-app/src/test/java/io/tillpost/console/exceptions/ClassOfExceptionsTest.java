package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.classification.Assignees;
import io.tillpost.console.recovery.automatic.TriagedFailures;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Operator;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.StoreScope;
import io.tillpost.console.security.TestLogin;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.OwnerSide;
import io.tillpost.message.Stage;
import io.tillpost.testing.MessageBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

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
  void aRuleMayAskForAFieldOfThePayload() {
    String old = "{\"lines\": [{\"taxCode\": \"DE-19\"}, {\"taxCode\": \"DE-16\"}]}";
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001").payload(old));
    fail("TIMEOUT", sale("0002").payload(old));
    Fingerprint none = fail("TAX_MISSING", sale("0003"));
    rules =
        rules(
            """
            rules:
              - {rule: Old, class: master-data, code: TAX_*, payload: {"lines[*].taxCode": de-16*}}
              - {rule: Tax, class: mapping, code: TAX_*}
            """);

    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(e -> e.group().sample().code(), ExceptionSummary::failureClass)
        .containsExactlyInAnyOrder(
            Tuple.tuple("TAX_CODE_UNKNOWN", FailureClass.MASTER_DATA),
            Tuple.tuple("TIMEOUT", FailureClass.UNKNOWN),
            Tuple.tuple("TAX_MISSING", FailureClass.MAPPING));
    TriagedExceptions triaged = new TriagedExceptions(records, stores, classifier);
    assertThat(triaged.of(tax).orElseThrow().failureClass()).isEqualTo(FailureClass.MASTER_DATA);
    assertThat(triaged.of(none).orElseThrow().failureClass()).isEqualTo(FailureClass.MAPPING);
    assertThat(triaged.failed())
        .extracting(failed -> failed.standing().failureClass())
        .containsExactlyInAnyOrder(
            FailureClass.MASTER_DATA, FailureClass.UNKNOWN, FailureClass.MAPPING);

    ExceptionDetail detail = inbox.find(tax).orElseThrow();
    assertThat(detail.classOrigin(operator(Role.SUPPORT, StoreScope.ALL)))
        .contains("by rule 1 “Old”, because lines[1].taxCode is “DE-16”");
    assertThat(detail.classOrigin(operator(Role.MANAGER, StoreScope.ALL)))
        .contains("by rule 1 “Old”, by what stands in its payload, which you may not see");
    StoreScope other = new StoreScope(Set.of("0009"), Set.of(), Set.of());
    assertThat(detail.byRule().orElseThrow().valuesFor(operator(Role.SUPPORT, other))).isEmpty();
    assertThat(inbox.find(none).orElseThrow().classOrigin(operator(Role.MANAGER, StoreScope.ALL)))
        .contains("by rule 2 “Tax”");
  }

  @Test
  void aTrialLooksIntoSomePayloadsAndSaysHowMany() {
    fail(
        "TAX_CODE_UNKNOWN",
        sale("0001").payload("{\"code\": \"A\"}"),
        sale("0002").payload("{\"code\": \"B\"}"),
        sale("0003").payload("{\"code\": \"A\"}"));
    fail("TAX_OTHER", sale("0004").payload("{\"code\": \"A\"}"));
    fail("TIMEOUT", sale("0004").payload("{\"code\": \"A\"}"));
    String text =
        "rules: [{rule: A, class: master-data, code: TAX_*, payload: {code: A}},"
            + " {rule: T, class: transient, code: TIMEOUT}]";

    RuleTrial.Outcome seen = tried(text, "ROLE_SUPPORT", "ROLE_VIEW_PAYLOAD");
    assertThat(seen.payloads()).isEqualTo(new RuleTrial.Payloads(2, 2, 4, 1, 0));
    assertThat(seen.byRule())
        .extracting(by -> by.rule().name(), RuleTrial.ByRule::sampled)
        .containsExactly(Tuple.tuple("A", 3), Tuple.tuple("T", 0));
    assertThat(seen.changes())
        .flatExtracting(RuleTrial.Change::values)
        .extracting(value -> value.path() + value.text())
        .isNotEmpty()
        .allMatch("codeA"::equals);
    assertThat(seen.hidden().exceptions()).isZero();

    RuleTrial.Outcome counted = tried(text, "ROLE_MANAGER");
    assertThat(counted.changes())
        .extracting(change -> change.rule() == null ? "" : change.rule().name())
        .containsExactly("T");
    assertThat(counted.hidden().exceptions()).isEqualTo(seen.changes().size() - 1);
    assertThat(counted.classes()).isEqualTo(seen.classes());
  }

  @Test
  void aTrialOfWhoIsBoundToStoresLooksIntoTheirPayloadsOnly() {
    fail("TAX_A", sale("0001").payload("{\"code\": \"A\"}"));
    fail(
        "TAX_B",
        sale("0001").payload("{\"code\": \"A\"}"),
        sale("0002").payload("{\"code\": \"B\"}"));
    String text = "rules: [{rule: A, class: master-data, code: TAX_*, payload: {code: A}}]";
    TestLogin.as("bound", Role.SUPPORT, TestLogin.only("0002"));

    RuleTrial.Outcome outcome = outcome(text);

    assertThat(outcome.payloads()).isEqualTo(new RuleTrial.Payloads(2, 2, 1, 0, 1));
    assertThat(outcome.changes()).isEmpty();
  }

  private RuleTrial.Outcome tried(String text, String... roles) {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken("somebody", "", roles));
    return outcome(text);
  }

  private RuleTrial.Outcome outcome(String text) {
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
      case RuleTrial.Answer.Tried tried -> tried.outcome();
      case RuleTrial.Answer.Invalid invalid -> throw new AssertionError(invalid.problems());
    };
  }

  private static Operator operator(Role role, StoreScope stores) {
    return new Operator("somebody", "Somebody", Set.of(role), stores);
  }

  @Test
  void whatWasDecidedByHandTwiceIsOfferedAsARule() {
    RuleSuggestions suggestions = new RuleSuggestions(stores.failures(), records, classifier);
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
    TriagedExceptions triaged = new TriagedExceptions(records, stores, classifier);
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

  @Test
  void recoveryIsToldTheClassesOfManyMessagesAtOnce() {
    MessageBuilder byHand = sale("0001");
    MessageBuilder byRule = sale("0002");
    MessageBuilder unknown = sale("0003");
    MessageBuilder fine = sale("0004");
    triage.classify(fail("TAX_CODE", byHand), FailureClass.MASTER_DATA);
    fail("HTTP_429", byRule);
    fail("ODD", unknown);
    write(fine.throughStage(Stage.CONFIRMED));
    rules = rules("rules: [{rule: X, class: transient, http-status: 429}]");
    TriagedExceptions triaged = new TriagedExceptions(records, stores, classifier);

    assertThat(
            triaged.classes(
                Stream.of(byHand, byRule, unknown, fine)
                    .map(sale -> stores.messages().find(sale.messageId()).orElseThrow().message())
                    .toList()))
        .containsOnly(
            Map.entry(byHand.messageId(), FailureClass.MASTER_DATA),
            Map.entry(byRule.messageId(), FailureClass.TRANSIENT),
            Map.entry(unknown.messageId(), FailureClass.UNKNOWN));
    assertThat(triaged.classes(List.of())).isEmpty();
  }
}
