package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.console.classification.ClassificationRules;
import io.tillpost.console.classification.Classifier;
import io.tillpost.failure.ExceptionEvent;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.OwnerSide;
import io.tillpost.failure.SideChange;
import io.tillpost.failure.SideClock;
import io.tillpost.failure.TriageStep;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What becomes of exceptions by itself. */
class ExceptionSweepTest extends TriageWorld {
  private static final String TO_BUSINESS =
      "rules:\n  - rule: Tax\n    class: business-rule\n    code: TAX_CODE_UNKNOWN\n";

  @Test
  void whatNobodyEverTouchedComesBackToo() {
    MessageBuilder sale = sale("0001");
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale);
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.NEW);
    assertThat(records.get(tax).history()).isEmpty();

    write(sale.attempt(2, clock.instant()).throughStage(Stage.CONFIRMED));
    sweep.sweep();
    assertThat(records.get(tax).status()).as("may be on its way").isEqualTo(ExceptionStatus.NEW);
    assertThat(inbox.find(tax).orElseThrow().title())
        .isEqualTo("It does not work (TAX_CODE_UNKNOWN)");
    clock.advance(ExceptionSweep.QUIET);
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RESOLVED);

    fail("TAX_CODE_UNKNOWN", sale("0002"));
    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(ExceptionSummary::status)
        .containsExactly(ExceptionStatus.REGRESSED);
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.REGRESSED);
    assertThat(records.get(tax).history())
        .extracting(TriageStep::what)
        .containsExactly("no message is failed any more", "messages failed again");
    assertThat(audited(tax)).isEmpty();
  }

  @Test
  void aMessageThatIsOnItsWayAgainDoesNotMakeItComeBack() {
    MessageBuilder sale = sale("0001");
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale);
    sweep.sweep();
    for (int attempt = 2; attempt < 6; attempt++) {
      write(sale.attempt(attempt, clock.instant()).throughStage(Stage.SUBMITTED));
      sweep.sweep();
      clock.advance(ExceptionSweep.QUIET.minusSeconds(1));
      sweep.sweep();
      write(sale.attempt(attempt, clock.instant()).throughStage(Stage.FAILED));
      sweep.sweep();
      assertThat(records.get(tax).history()).isEmpty();
    }
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.NEW);
  }

  @Test
  void moreExceptionsThanAPartAreResolvedAndComeBackEach() {
    List<MessageBuilder> sales = new ArrayList<>();
    List<MessageEvent> events = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      MessageBuilder sale = sale("0001").failingWith(Samples.aFailure().code("CODE_" + i).build());
      sales.add(sale);
      events.addAll(sale.throughStage(Stage.FAILED));
    }
    write(events);
    sweep.sweep();
    assertThat(statuses()).containsOnly(Map.entry("NEW", 1_100L));

    events.clear();
    sales
        .subList(0, 1_050)
        .forEach(s -> events.addAll(s.attempt(2, clock.instant()).throughStage(Stage.CONFIRMED)));
    write(events);
    sweep.sweep();
    clock.advance(ExceptionSweep.QUIET);
    sweep.sweep();
    assertThat(statuses()).containsOnly(Map.entry("NEW", 50L), Map.entry("RESOLVED", 1_050L));
  }

  @Test
  void whatComesAndGoesByItselfIsForgottenLongAfterAndWhatSomebodyDidIsNot() {
    MessageBuilder sale = sale("0001");
    MessageBuilder other = sale("0002");
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale);
    Fingerprint tender = fail("TENDER_REFUSED", other);
    triage.comment(tender, "Looking");
    sweep.sweep();
    write(sale.attempt(2, clock.instant()).throughStage(Stage.CONFIRMED));
    write(other.attempt(2, clock.instant()).throughStage(Stage.CONFIRMED));
    sweep.sweep();
    clock.advance(ExceptionSweep.QUIET);
    sweep.sweep();

    new OldExceptions(records).drop(clock.instant());
    assertThat(statuses()).containsOnly(Map.entry("RESOLVED", 2L));
    clock.advance(Duration.ofSeconds(1));
    new OldExceptions(records).drop(clock.instant());
    assertThat(inbox.find(tax)).isEmpty();
    assertThat(records.get(tender).comments()).hasSize(1);
  }

  @Test
  void whatIsForgottenIsRemovedWithARequestForManyOfThem() {
    List<String> removals = new ArrayList<>();
    List<String> ids = IntStream.range(0, 1_500).mapToObj("%016x"::formatted).toList();
    ids.forEach(id -> records.change(new Fingerprint(id), ExceptionSweepTest::through));
    TriageRecords counted = new TriageRecords(counting(removals), stores.failures());
    clock.advance(Duration.ofDays(366));

    counted.forget(clock.instant());

    assertThat(statuses()).isEmpty();
    assertThat(removals).as("for 1,500 in parts of 1,000").hasSize(2);
  }

  private static Optional<ExceptionGroup> through(ExceptionGroup group) {
    return group.after(
        ExceptionEvent.EMPTIED, null, "no message is failed any more", Samples.MORNING);
  }

  /** The same documents; tells what is removed of them. */
  private DocumentStore counting(List<String> removals) {
    DocumentStore all = stores.documents();
    return new DocumentStore() {
      @Override
      @SuppressWarnings("unchecked")
      public <T> Documents<T> of(DocumentKind<T> kind) {
        Documents<T> documents = all.of(kind);
        return (Documents<T>)
            Proxy.newProxyInstance(
                Documents.class.getClassLoader(),
                new Class<?>[] {Documents.class},
                (_, method, arguments) -> {
                  if (method.getName().startsWith("remove")) {
                    removals.add(method.getName());
                  }
                  return method.invoke(documents, arguments);
                });
      }
    };
  }

  private Map<String, Long> statuses() {
    Map<String, Long> counts = new HashMap<>();
    records.each(
        EnumSet.allOf(ExceptionStatus.class),
        1_000,
        part -> part.forEach(one -> counts.merge(one.status().name(), 1L, Long::sum)));
    return counts;
  }

  @Test
  void aSweepThatFailedDoesNotPutOffTheLookAtWhatGrowsFast() {
    clock.advance(Duration.ofHours(5));
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    triage.comment(tax, "One sale only");
    clock.advance(Duration.ofHours(2));
    for (int store = 10; store < 20; store++) {
      fail(
          "TAX_CODE_UNKNOWN",
          sale("00" + store).capturedAt(clock.instant().minus(Duration.ofMinutes(20))));
    }
    AtomicBoolean answers = new AtomicBoolean();
    Classifier failing =
        new Classifier(
            () -> {
              if (answers.get()) {
                return rules;
              }
              throw new StoreUnavailableException("Away for a moment", null);
            },
            stores.messages(),
            clock);
    ExceptionSweep shaken =
        new ExceptionSweep(
            records,
            stores.failures(),
            failing,
            regrouping,
            mentions,
            new RecoveriesUnderWay(stores.documents(), stores.failures()),
            clock);
    assertThatThrownBy(shaken::sweep).isInstanceOf(StoreUnavailableException.class);
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);

    answers.set(true);
    clock.advance(Duration.ofSeconds(10));
    shaken.sweep();

    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.ESCALATED);
  }

  @Test
  void aRuleThatGivesItToTheOtherSideStartsAStretchOfTheClock() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    Fingerprint tender = fail("TENDER_REFUSED", sale("0001"));
    triage.ownerSide(tender, OwnerSide.BUSINESS);
    sweep.sweep();
    Instant since = clock.instant();
    clock.advance(Duration.ofMinutes(30));
    rules = rules(TO_BUSINESS);
    sweep.sweep();
    sweep.sweep();

    assertThat(records.get(tax).sides())
        .containsExactly(
            new SideChange(
                clock.instant(),
                SideChange.BY_RULE,
                OwnerSide.IT,
                OwnerSide.BUSINESS,
                "rule 1 “Tax”"));
    assertThat(records.get(tax).history())
        .containsExactly(
            new TriageStep(
                clock.instant(), null, ExceptionStatus.NEW, "went to business by rule 1 “Tax”"));
    assertThat(records.get(tender).sides()).as("by hand").hasSize(1);

    clock.advance(Duration.ofMinutes(20));
    rules = ClassificationRules.NONE;
    sweep.sweep();
    assertThat(records.get(tax).history().getLast().what())
        .isEqualTo("went back to IT: no rule says otherwise any more");
    clock.advance(Duration.ofMinutes(5));
    SideClock with =
        SideClock.of(since, OwnerSide.IT, records.get(tax).sideHistory(), clock.instant());
    assertThat(with.with(OwnerSide.BUSINESS)).isEqualTo(Duration.ofMinutes(20));
    assertThat(with.with(OwnerSide.IT)).isEqualTo(Duration.ofMinutes(35));
    assertThat(with.handOvers()).isEqualTo(2);
  }

  @Test
  void consolesOfWhichOneDoesNotKnowTheRuleYetHandItOverOnce() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    sweep.sweep();
    for (int i = 0; i < 10; i++) {
      rules = i % 2 == 0 ? rules(TO_BUSINESS) : ClassificationRules.NONE;
      sweep.sweep();
      clock.advance(Duration.ofSeconds(1));
    }
    rules = rules(TO_BUSINESS);
    sweep.sweep();
    clock.advance(Duration.ofHours(1));
    sweep.sweep();
    assertThat(records.get(tax).sides()).hasSize(1);
    assertThat(records.get(tax).side()).isEqualTo(OwnerSide.BUSINESS);
  }

  @Test
  void whatSomebodyGivesBackAgainstTheRuleIsTheirHandOver() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    sweep.sweep();
    rules = rules(TO_BUSINESS);
    // Before the sweep knows of the rule.
    triage.ownerSide(tax, OwnerSide.IT);
    clock.advance(Duration.ofHours(1));
    sweep.sweep();
    triage.ownerSide(tax, null);
    clock.advance(Duration.ofHours(1));
    sweep.sweep();
    assertThat(records.get(tax).sides())
        .extracting(SideChange::actor, SideChange::to)
        .containsExactly(
            Tuple.tuple(SideChange.BY_RULE, OwnerSide.BUSINESS),
            Tuple.tuple("support", OwnerSide.IT),
            Tuple.tuple("support", OwnerSide.BUSINESS));
  }
}
