package io.tillpost.alerting.evaluate;

import static io.tillpost.alerting.evaluate.AlertPhase.FIRING;
import static io.tillpost.alerting.evaluate.AlertPhase.INACTIVE;
import static io.tillpost.alerting.evaluate.AlertPhase.PENDING;
import static io.tillpost.alerting.evaluate.AlertPhase.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.alerting.Estate;
import io.tillpost.alerting.rule.Quantity;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestProcess;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.RefusalReason;
import io.tillpost.store.Refusals;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import io.tillpost.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final String UNSENT =
      rule(
          "alert: Stores with unsent transactions",
          "measure: stores-with-unsent-transactions",
          "group-by: region",
          "when: {count: \">= 2\", oldest: \"> 15m\"}",
          "for: 1m",
          "keep-firing-for: 1m",
          "severity: critical",
          "annotations: {summary: \"{{ count }} stores, {{ money }}, oldest {{ oldest }}\"}");

  private final Estate estate = new Estate();

  private static String rule(String... keys) {
    return "groups:\n- name: g\n  rules:\n  - " + String.join("\n    ", keys) + "\n";
  }

  private Instant ago(long minutes) {
    return estate.clock.instant().minus(Duration.ofMinutes(minutes));
  }

  @Test
  void goesFromPendingToFiringToResolved() {
    Evaluator evaluator = estate.evaluator(UNSENT);
    evaluator.run();
    assertThat(estate.states().in(AlertPhase.values())).isEmpty();

    MessageBuilder sale = estate.stuckSale("0412", ago(34));
    estate.stuckSale("0413", ago(20));
    evaluator.run();
    assertThat(estate.alert().phase()).isEqualTo(PENDING);

    estate.clock.advance(Duration.ofMinutes(1));
    evaluator.run();
    Alert firing = estate.alert();
    assertThat(firing.phase()).isEqualTo(FIRING);
    assertThat(firing.title()).isEqualTo("Stores with unsent transactions · Germany North");
    assertThat(firing.message().summary()).isEqualTo("2 stores, 259.98 EUR, oldest 35 min");
    assertThat(firing.reading().stores())
        .extracting(AffectedStore::name)
        .containsExactly("Altona", "Bergedorf");
    assertThat(firing.comparisons())
        .containsExactly(
            new Comparison(Quantity.COUNT, "2", "at least 2", true),
            new Comparison(Quantity.OLDEST, "35 min", "more than 15 min", true));

    estate.confirm(sale);
    estate.clock.advance(Duration.ofSeconds(30));
    evaluator.run();
    assertThat(estate.alert().phase()).isEqualTo(FIRING);
    estate.clock.advance(Duration.ofSeconds(30));
    evaluator.run();
    assertThat(estate.alert().phase()).isEqualTo(RESOLVED);
    assertThat(estate.alert().message().summary()).startsWith("2 stores");
    assertThat(estate.states().transitions(10, null).items())
        .extracting(AlertTransition::to)
        .containsExactly(RESOLVED, FIRING, PENDING);
  }

  @Test
  void aRestartInBetweenKeepsTheState() {
    estate.stuckSale("0412", ago(34));
    estate.stuckSale("0413", ago(34));
    estate.evaluator(UNSENT).run();
    estate.clock.advance(Duration.ofMinutes(1));
    estate.evaluator(UNSENT).run();
    assertThat(estate.alert().phase()).isEqualTo(FIRING);
    Instant since = estate.alert().since();
    estate.clock.advance(Duration.ofMinutes(10));
    estate.evaluator(UNSENT).run();
    assertThat(estate.alert().phase()).isEqualTo(FIRING);
    assertThat(estate.alert().since()).isEqualTo(since);
    assertThat(estate.states().transitions(10, null).items()).hasSize(2);
  }

  @Test
  void twoEvaluatorsMakeEachTransitionOnce() {
    Evaluator one = estate.evaluator(UNSENT);
    Evaluator other = estate.evaluator(UNSENT);
    estate.stuckSale("0412", ago(34));
    estate.stuckSale("0413", ago(34));
    for (int i = 0; i < 6; i++) {
      one.run();
      other.run();
      estate.clock.advance(Duration.ofSeconds(30));
    }
    assertThat(estate.states().transitions(10, null).items())
        .extracting(AlertTransition::sequence)
        .containsExactly(2L, 1L);
  }

  @Test
  void aConditionThatIsGoneBeforeItsTimeFiresNothing() {
    Evaluator evaluator = estate.evaluator(UNSENT);
    MessageBuilder sale = estate.stuckSale("0412", ago(34));
    estate.stuckSale("0413", ago(34));
    evaluator.run();
    estate.confirm(sale);
    estate.clock.advance(Duration.ofSeconds(45));
    evaluator.run();
    assertThat(estate.alert().phase()).isEqualTo(INACTIVE);
  }

  @Test
  void aStorageThatIsDownResolvesNothingAndIsTold() {
    Evaluations evaluations = new Evaluations();
    Evaluator evaluator = estate.evaluator(UNSENT, evaluations);
    estate.stuckSale("0412", ago(34));
    estate.stuckSale("0413", ago(34));
    evaluator.run();
    estate.clock.advance(Duration.ofMinutes(1));
    evaluator.run();

    estate.stores.breakDown("no node answers");
    Instant down = estate.clock.instant();
    evaluator.run();
    estate.clock.advance(Duration.ofMinutes(5));
    evaluator.run();
    Evaluations.Evaluation failed = evaluations.of("Stores with unsent transactions").orElseThrow();
    assertThat(failed.succeeded()).isFalse();
    assertThat(failed.failingSince()).isEqualTo(down);
    assertThat(failed.error()).contains("no node answers");
    assertThat(
            estate
                .meters
                .counter(
                    "tillpost.alerting.evaluation.failures",
                    "rule",
                    "Stores with unsent transactions")
                .count())
        .isEqualTo(2);

    estate.stores.recover();
    assertThat(estate.alert().phase()).isEqualTo(FIRING);
    evaluator.run();
    assertThat(evaluations.of("Stores with unsent transactions").orElseThrow().succeeded())
        .isTrue();
  }

  @Test
  void anAlertWhoseRuleIsGoneEnds() {
    estate.stuckSale("0412", ago(34));
    estate.stuckSale("0413", ago(34));
    estate.evaluator(UNSENT).run();
    estate.clock.advance(Duration.ofMinutes(1));
    estate.evaluator(UNSENT).run();
    estate
        .evaluator(
            rule(
                "alert: Other",
                "measure: ingest-lag",
                "when: {oldest: \"> 1m\"}",
                "severity: info"))
        .run();
    assertThat(estate.alert().phase()).isEqualTo(RESOLVED);
  }

  @Test
  void severalSilentStoresOfARegionAreOneAlertWhileTheyTrade() {
    Evaluator evaluator =
        estate.evaluator(
            rule(
                "alert: Stores silent",
                "measure: store-silent",
                "when: {count: \">= 1\"}",
                "severity: warning"));
    heard("0412", ago(45));
    heard("0413", ago(31));
    heard("0501", ago(29));
    evaluator.run();
    Alert alert = estate.alert();
    assertThat(alert.group()).isEqualTo("Germany North");
    assertThat(alert.message().summary()).isEqualTo("2 stores, longest 45 min");
    assertThat(alert.reading().stores())
        .extracting(AffectedStore::storeId)
        .containsExactly("0412", "0413");
  }

  @Test
  void aStoreThatIsClosedIsNotSilent() {
    Evaluator evaluator =
        estate.evaluator(
            rule(
                "alert: Stores silent",
                "measure: store-silent",
                "when: {count: \">= 1\"}",
                "severity: warning"));
    estate.clock.set(Instant.parse("2026-11-23T22:00:00Z"));
    evaluator.run();
    estate.clock.set(Instant.parse("2026-11-24T07:20:00Z"));
    evaluator.run();
    assertThat(estate.states().in(AlertPhase.values())).isEmpty();
  }

  @Test
  void anObjectiveIsBreachedByItsWorkflow() {
    IntStream.range(0, 9)
        .forEach(
            i -> estate.write(Samples.aSale().capturedAt(ago(30)).throughStage(Stage.CONFIRMED)));
    estate.stuckSale("0412", ago(30));
    estate
        .evaluator(
            rule(
                "alert: Objective breached",
                "measure: objective-in-time-percent",
                "when: {percent: \"< objective\"}",
                "severity: warning"))
        .run();
    assertThat(estate.alert().groupTitle()).isEqualTo("Sales posting");
    assertThat(estate.alert().comparisons().getFirst().measured()).isEqualTo("90 %");
    assertThat(estate.alert().comparisons().getFirst().wanted())
        .isEqualTo("less than promised (99 %)");
  }

  @Test
  void anIngestProcessThatHasStoppedTellingIsBehindSinceItsLastWord() {
    String lag =
        rule(
            "alert: Ingest behind",
            "measure: ingest-lag",
            "when: {oldest: \"> 2m\"}",
            "severity: critical");
    Instant now = estate.clock.instant();
    ingest("a", now, 3, IngestProcess.State.RUNNING);
    ingest("b", ago(30), 0, IngestProcess.State.STOPPED);
    estate.evaluator(lag).run();
    assertThat(estate.states().in(AlertPhase.values())).isEmpty();
    estate.clock.advance(Duration.ofMinutes(4));
    estate.evaluator(lag).run();
    assertThat(estate.alert().message().summary()).isEqualTo("4 min behind");
  }

  @Test
  void anIngestProcessThatTurnsSendersAwayIsFullUntilItIsSilent() {
    String full =
        rule(
            "alert: Ingest full",
            "measure: ingest-full",
            "when: {count: \">= 1\"}",
            "severity: critical");
    ingest("a", estate.clock.instant(), 3, IngestProcess.State.RUNNING);
    estate.evaluator(full).run();
    assertThat(estate.states().in(AlertPhase.values())).isEmpty();
    ingest("b", estate.clock.instant(), 3, IngestProcess.State.OVER_CAPACITY);
    estate.evaluator(full).run();
    assertThat(estate.alert().message().summary()).isEqualTo("1 process");
    estate.clock.advance(Duration.ofMinutes(2));
    estate.evaluator(full).run();
    assertThat(estate.alert().phase()).isEqualTo(RESOLVED);
  }

  @Test
  void parkedRecordsCountUntilTheyAreSentAgain() {
    String parked =
        rule(
            "alert: Records parked",
            "measure: parked-records",
            "when: {count: \">= 1\"}",
            "severity: warning");
    ParkedRecord record =
        ParkedRecord.of(
            ParkedRecord.Kind.MESSAGE_EVENT, "time: is missing", "/pos", ago(7), true, "{}");
    var records = estate.stores.documents().of(ParkedRecord.DOCUMENTS);
    records.put("a", record);
    estate.evaluator(parked).run();
    assertThat(estate.alert().message().summary()).isEqualTo("1 parked record, oldest 7 min");
    records.put("a", record.toSend().orElseThrow());
    estate.evaluator(parked).run();
    assertThat(estate.alert().phase()).isEqualTo(RESOLVED);
  }

  @Test
  void refusalsCountForEachSenderAndOnlyForSoLong() {
    String quota =
        rule(
            "alert: Over quota",
            "measure: over-quota",
            "when: {count: \">= 5\"}",
            "severity: warning");
    var refusals = estate.stores.documents().of(Refusals.DOCUMENTS);
    Instant now = estate.clock.instant();
    refusals.put(
        "p.1",
        new Refusals(
            Refusals.of(now).since(),
            List.of(
                new Refusals.Line("store-0412", RefusalReason.OVER_QUOTA, 4, now),
                new Refusals.Line("store-0413", RefusalReason.OVER_QUOTA, 4, now),
                new Refusals.Line("store-0413", RefusalReason.INVALID, 90, now))));
    estate.evaluator(quota).run();
    assertThat(estate.states().in(AlertPhase.values())).isEmpty();
    refusals.put(
        "q.1",
        new Refusals(
            Refusals.of(now).since(),
            List.of(new Refusals.Line("store-0412", RefusalReason.OVER_QUOTA, 3, now))));
    estate.evaluator(quota).run();
    assertThat(estate.alert().message().summary()).isEqualTo("7 requests over the quota in 15 min");
    assertThat(estate.alert().group()).isEqualTo("store-0412");
    estate.clock.advance(Duration.ofMinutes(16));
    estate.evaluator(quota).run();
    assertThat(estate.alert().phase()).isEqualTo(RESOLVED);
  }

  @Test
  void whoIsTurnedAwayForLackOfRoomIsCountedOverAllSenders() {
    String busy =
        rule(
            "alert: No room",
            "measure: ingest-busy",
            "when: {count: \">= 5\"}",
            "severity: warning");
    // So that the fifteen minutes begin within one of the five that are counted together.
    estate.clock.advance(Duration.ofMinutes(2));
    Instant now = estate.clock.instant();
    estate
        .stores
        .documents()
        .of(Refusals.DOCUMENTS)
        .put(
            "p.1",
            new Refusals(
                Refusals.of(now).since(),
                List.of(
                    new Refusals.Line("store-0412", RefusalReason.BUSY, 4, now),
                    new Refusals.Line("store-0413", RefusalReason.BUSY, 4, now),
                    new Refusals.Line("store-0413", RefusalReason.OVER_QUOTA, 90, now))));

    Instant justWithin = now.minus(Duration.ofMinutes(15)).plusSeconds(1);
    estate
        .stores
        .documents()
        .of(Refusals.DOCUMENTS)
        .put(
            "p.0",
            new Refusals(
                Refusals.of(justWithin).since(),
                List.of(new Refusals.Line("store-0412", RefusalReason.BUSY, 3, justWithin))));

    estate.evaluator(busy).run();

    assertThat(estate.alert().message().summary()).isEqualTo("11 requests turned away in 15 min");
  }

  @Test
  void aSystemIsNearItsLimitByItsBusiestMinute() {
    Instant minute = ago(3);
    List<Span> calls =
        IntStream.range(0, 95)
            .mapToObj(i -> Samples.aSpan().calling("loyalty").start(minute.plusMillis(i)).build())
            .toList();
    estate.stores.ingestWriter().write(new IngestWriter.Batch(List.of(), calls));
    estate
        .evaluator(
            rule(
                "alert: Near limit",
                "measure: api-calls-share-of-limit",
                "when: {percent: \"> 90\"}",
                "severity: warning"))
        .run();
    assertThat(estate.alert().message().summary())
        .isEqualTo("95 % of the limit, 95 calls a minute");
  }

  private void heard(String store, Instant at) {
    estate.write(Samples.aSale().store(store).capturedAt(at).throughStage(Stage.CAPTURED));
  }

  private void ingest(String id, Instant at, long lag, IngestProcess.State state) {
    estate
        .stores
        .documents()
        .of(IngestProcess.DOCUMENTS)
        .put(
            id, new IngestProcess(id, "host", at, at, 0, 0, 0, 0, 0, 0, null, lag, state, null, 0));
  }
}
