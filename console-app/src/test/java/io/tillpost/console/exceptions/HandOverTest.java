package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.classification.ClassificationRules;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.OwnerSide;
import io.tillpost.failure.SideChange;
import io.tillpost.failure.SideClock;
import io.tillpost.failure.TriageStep;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Acts of people soon after a rule gave the exception to the other side. */
class HandOverTest extends TriageWorld {
  private static final String TO_BUSINESS =
      "rules: [{rule: Tax, class: business-rule, code: TAX_CODE_UNKNOWN}]";
  private static final String TO_IT = "rules: [{rule: Map, class: mapping, code: TAX_*}]";

  private Fingerprint tax;
  private Instant since;

  /** With IT for half an hour, then with the business by rule. */
  @BeforeEach
  void aRuleGivesItToTheBusiness() {
    tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    sweep.sweep();
    since = clock.instant();
    clock.advance(Duration.ofMinutes(30));
    rules = rules(TO_BUSINESS);
    sweep.sweep();
  }

  @Test
  void whatTheRuleTookBackMeanwhileComesBeforeWhatSomebodyDoes() {
    clock.advance(Duration.ofMinutes(2));
    rules = ClassificationRules.NONE;
    sweep.sweep();
    assertThat(records.get(tax).sides()).as("too soon").hasSize(1);
    clock.advance(Duration.ofMinutes(1));

    triage.classify(tax, FailureClass.MASTER_DATA, "The code is missing");

    assertHandedOver(
        Tuple.tuple(SideChange.BY_RULE, OwnerSide.IT, OwnerSide.BUSINESS),
        Tuple.tuple(SideChange.BY_RULE, OwnerSide.BUSINESS, OwnerSide.IT),
        Tuple.tuple("support", OwnerSide.IT, OwnerSide.BUSINESS));
    assertThat(records.get(tax).history())
        .extracting(TriageStep::what)
        .containsExactly(
            "went to business by rule 1 “Tax”",
            "went back to IT: no rule says otherwise any more",
            "classified it as master data: The code is missing");
    assertClock(Duration.ofMinutes(30), Duration.ofMinutes(63));
  }

  @Test
  void whoGivesItWhereTheRuleTookItAlreadyHandsNothingOver() {
    clock.advance(Duration.ofMinutes(2));
    rules = rules(TO_IT);
    sweep.sweep();

    triage.ownerSide(tax, OwnerSide.IT);

    assertHandedOver(
        Tuple.tuple(SideChange.BY_RULE, OwnerSide.IT, OwnerSide.BUSINESS),
        Tuple.tuple(SideChange.BY_RULE, OwnerSide.BUSINESS, OwnerSide.IT));
    assertThat(records.get(tax).history())
        .extracting(TriageStep::what)
        .containsExactly(
            "went to business by rule 1 “Tax”", "went to IT by rule 1 “Map”", "gave it to IT");
    assertClock(Duration.ofMinutes(90), Duration.ofMinutes(2));
  }

  @Test
  void whoMovesItBackWithinTheTenMinutesEndsTheStretchOfTheRule() {
    clock.advance(Duration.ofMinutes(3));
    triage.ownerSide(tax, OwnerSide.IT);
    clock.advance(Duration.ofMinutes(4));
    sweep.sweep();
    triage.ownerSide(tax, null);
    sweep.sweep();
    clock.advance(Duration.ofMinutes(1));
    triage.ownerSide(tax, OwnerSide.IT);

    assertHandedOver(
        Tuple.tuple(SideChange.BY_RULE, OwnerSide.IT, OwnerSide.BUSINESS),
        Tuple.tuple("support", OwnerSide.BUSINESS, OwnerSide.IT),
        Tuple.tuple("support", OwnerSide.IT, OwnerSide.BUSINESS),
        Tuple.tuple("support", OwnerSide.BUSINESS, OwnerSide.IT));
    assertClock(Duration.ofMinutes(94), Duration.ofMinutes(4));
  }

  private void assertHandedOver(Tuple... changes) {
    assertThat(records.get(tax).sides())
        .extracting(SideChange::actor, SideChange::from, SideChange::to)
        .containsExactly(changes);
  }

  /** An hour and several looks later. */
  private void assertClock(Duration it, Duration business) {
    ExceptionGroup before = records.get(tax);
    for (int i = 0; i < 6; i++) {
      clock.advance(Duration.ofMinutes(10));
      sweep.sweep();
    }
    ExceptionGroup group = records.get(tax);
    assertThat(group.sides()).isEqualTo(before.sides());
    SideClock with =
        SideClock.of(
            since,
            inbox.find(tax).orElseThrow().summary().orElseThrow().ownerSide(),
            group.sideHistory(),
            clock.instant());
    assertThat(with.with(OwnerSide.IT)).isEqualTo(it);
    assertThat(with.with(OwnerSide.BUSINESS)).isEqualTo(business);
  }
}
