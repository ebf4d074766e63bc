package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.failure.ExceptionEvent;
import io.tillpost.failure.ExceptionMerge;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.failure.RegroupStep;
import io.tillpost.message.Money;
import io.tillpost.message.MoneySum;
import io.tillpost.message.Stage;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.RandomGroupings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergingTest extends TriageWorld {
  @Test
  void mergedExceptionsAreOneAlsoForWhatFailsLater() {
    Fingerprint tax = fail("TAX", sale("0001"), sale("0002"));
    Fingerprint tender = fail("TENDER", sale("0002"));
    Fingerprint other = fail("OTHER", sale("0003"));
    triage.classify(tax, FailureClass.MAPPING);
    triage.comment(tender, "Same cause as the tax code");

    assertThat(merging.merge(tax, List.of(tender), " Same missing code "))
        .isInstanceOf(TriageAnswer.Done.class);
    fail("TENDER", sale("0004"));
    clock.advance(Duration.ofSeconds(2));

    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(ExceptionSummary::fingerprint)
        .containsExactly(tax, other);
    ExceptionSummary both = inbox.list(ExceptionFilter.ALL).getFirst();
    assertThat(both.group().messages()).isEqualTo(4);
    assertThat(both.group().stores()).isEqualTo(3);
    assertThat(both.group().money()).isEqualTo(MoneySum.of(new Money(400, "EUR")));
    assertThat(both.title()).contains("TAX");
    assertThat(both.failureClass()).isEqualTo(FailureClass.MAPPING);

    ExceptionDetail detail = inbox.find(tax).orElseThrow();
    assertThat(detail.merges())
        .singleElement()
        .satisfies(
            merge -> {
              assertThat(merge.from()).isEqualTo(tender);
              assertThat(merge.fromTitle()).contains("TENDER");
              assertThat(merge.by()).isEqualTo("support");
              assertThat(merge.reason()).isEqualTo("Same missing code");
            });
    assertThat(detail.triage().history().getLast().what())
        .startsWith("merged “")
        .endsWith(" into it: Same missing code");
  }

  @Test
  void manyThatNobodyTouchedAreMergedAtOnceUnderTheirNames() {
    Fingerprint tax = fail("TAX", sale("0001"));
    List<Fingerprint> others =
        IntStream.range(0, 10).mapToObj(i -> fail("CODE_" + word(i), sale("0002"))).toList();

    assertThat(merging.merge(tax, others, null)).isInstanceOf(TriageAnswer.Done.class);

    assertThat(inbox.find(tax).orElseThrow().merges())
        .extracting(ExceptionMerge::fromTitle)
        .hasSize(10)
        .contains("It does not work (CODE_A)", "It does not work (CODE_J)");
    assertThat(stores.failures().group(tax).orElseThrow().messages()).isEqualTo(11);
    assertThat(records.get(tax).history()).hasSize(10);
  }

  @Test
  void whatWasMergedLeadsToWhereItIsAndKeepsItsHistory() {
    Fingerprint tax = fail("TAX", sale("0001"));
    Fingerprint tender = fail("TENDER", sale("0002"));
    triage.comment(tender, "Same cause as the tax code");
    merging.merge(tax, List.of(tender), null);

    ExceptionDetail merged = inbox.find(tender).orElseThrow();
    assertThat(merged.status()).isEqualTo(ExceptionStatus.MERGED);
    assertThat(merged.mergedInto().orElseThrow().into()).isEqualTo(tax);
    assertThat(merged.summary()).isEmpty();
    assertThat(merged.title()).contains("TENDER");
    assertThat(merged.triage().comments()).hasSize(1);
    assertThat(merged.triage().history().getLast().what()).startsWith("merged it into “");

    triage.comment(tender, "Written with the old address");
    assertThat(records.get(tax).comments()).hasSize(1);
    assertThat(records.get(tender).comments()).hasSize(1);
    sweep.sweep();
    assertThat(records.get(tender).status()).isEqualTo(ExceptionStatus.MERGED);
    assertThat(audited(tax)).containsExactlyInAnyOrder("MERGE", "COMMENT");
    assertThat(audited(tender)).containsExactlyInAnyOrder("COMMENT", "MERGE");
  }

  @Test
  void takenApartEachHasItsMessagesAgain() {
    Fingerprint tax = fail("TAX", sale("0001"));
    Fingerprint tender = fail("TENDER", sale("0002"), sale("0003"));
    merging.merge(tax, List.of(tender), null);
    clock.advance(Duration.ofSeconds(2));

    assertThat(merging.takeApart(tender, "Two causes after all"))
        .isInstanceOf(TriageAnswer.Done.class);

    clock.advance(Duration.ofSeconds(2));
    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(e -> e.group().messages())
        .containsExactly(2L, 1L);
    assertThat(records.get(tender).status()).isEqualTo(ExceptionStatus.OPEN);
    assertThat(records.get(tender).history().getLast().what())
        .endsWith("again: Two causes after all");
    assertThat(records.get(tax).history().getLast().what()).contains("out of it again");
    assertThat(merging.takeApart(tender, null))
        .isEqualTo(new TriageAnswer.Invalid("It is in no other exception"));
    assertThat(merging.merge(tax, List.of(tender), null)).isInstanceOf(TriageAnswer.Done.class);
  }

  @Test
  void aCrashBeforeTheExceptionsWereToldHealsByItselfOnce() {
    Fingerprint tax = fail("TAX", sale("0001"));
    Fingerprint tender = fail("TENDER", sale("0002"));
    ExceptionMerge merge =
        new ExceptionMerge(
            tender, tax, "Tender", "Tax", clock.instant(), "support", "The console died");
    groupings.change(
        grouping ->
            Optional.of(
                grouping.merged(
                    List.of(merge),
                    List.of(
                        step(tender, ExceptionEvent.MERGED_AWAY, "merged it into Tax"),
                        step(tax, ExceptionEvent.ENLARGED, "merged Tender into it")))));

    assertThat(inbox.find(tender).orElseThrow().status()).isEqualTo(ExceptionStatus.MERGED);
    Grouping untold = groupings.current();
    sweep.sweep();
    // A second console that read the same before the first one had done it.
    groupings.change(_ -> Optional.of(untold));
    sweep.sweep();

    assertThat(groupings.current().untold()).isEmpty();
    assertThat(records.get(tender).status()).isEqualTo(ExceptionStatus.MERGED);
    assertThat(records.get(tender).history()).hasSize(1);
    assertThat(records.get(tax).history()).hasSize(1);
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);
  }

  @Test
  void whatACrashLeftUntoldIsToldBeforeAnythingIsDecided() {
    Fingerprint tax = fail("TAX", sale("0001"));
    Fingerprint tender = fail("TENDER", sale("0002"));
    groupings.change(
        grouping ->
            Optional.of(
                grouping.merged(
                    List.of(RandomGroupings.merge(tender, tax, "The console died")),
                    List.of(step(tender, ExceptionEvent.MERGED_AWAY, "merged it")))));

    assertThat(refusal(tax, tender)).contains("already");

    assertThat(records.get(tender).status()).isEqualTo(ExceptionStatus.MERGED);
  }

  @Test
  void noMoreMergesAreKeptThanAreBounded() {
    Fingerprint tax = fail("TAX", sale("0001"));
    Fingerprint tender = fail("TENDER", sale("0002"));
    Fingerprint all = new Fingerprint("00000000000000ff");
    groupings.change(
        grouping ->
            Optional.of(
                grouping.merged(
                    IntStream.range(1, Grouping.MOST)
                        .mapToObj(i -> new Fingerprint("%016x".formatted(0xf000 + i)))
                        .map(one -> RandomGroupings.merge(one, all, "alike"))
                        .toList(),
                    List.of())));

    assertThat(refusal(tax, tender)).startsWith("More than 1,000 merges and splits are not kept");
  }

  @Test
  void twoWhoMergeInACircleMakeNoCircle() throws Exception {
    for (int round = 0; round < 20; round++) {
      Fingerprint one = fail("ONE_" + word(round), sale("0001"));
      Fingerprint other = fail("OTHER_" + word(round), sale("0002"));
      Callable<TriageAnswer> first =
          () -> asSupport(() -> merging.merge(one, List.of(other), null));
      Callable<TriageAnswer> second =
          () -> asSupport(() -> merging.merge(other, List.of(one), null));
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<TriageAnswer>> answers = threads.invokeAll(List.of(first, second));
        int done = 0;
        for (Future<TriageAnswer> answer : answers) {
          done += answer.get() instanceof TriageAnswer.Done ? 1 : 0;
        }
        assertThat(done).isEqualTo(1);
      }
      Grouping grouping = groupings.current();
      assertThat(grouping.root(one)).isEqualTo(grouping.root(other));
      assertThat(stores.failures().group(one).orElseThrow().messages()).isEqualTo(2);
    }
  }

  @Test
  void whatCannotBeMergedSaysWhy() {
    Fingerprint tax = fail("TAX", sale("0001"));
    Fingerprint tender = fail("TENDER", sale("0002"));
    Fingerprint busy = fail("BUSY", sale("0003"));
    records.change(
        busy, g -> g.after(ExceptionEvent.RECOVERY_STARTED, "support", "retried", clock.instant()));

    assertThat(refusal(tax)).contains("1 to 200 exceptions");
    assertThat(refusal(tax, tax)).contains("into itself");
    assertThat(refusal(tax, new Fingerprint("00ff00ff00ff00ff"))).startsWith("There is no");
    assertThat(refusal(tax, busy)).endsWith("runs: wait for its end");
    assertThat(merging.merge(tax, List.of(tender), "x".repeat(1_001)))
        .isEqualTo(new TriageAnswer.Invalid("A reason has up to 1,000 characters"));
    merging.merge(tax, List.of(tender), null);
    assertThat(refusal(tax, tender)).contains("TENDER").contains("is in “").contains("TAX");
    assertThat(refusal(tender, fail("THIRD", sale("0004")))).contains("already");
    assertThat(groupings.current().merges()).hasSize(1);
  }

  @Test
  void aResolvedOneThatGetsFailedMessagesIsOpenAndAnIgnoredOneStaysIgnored() {
    MessageBuilder mended = sale("0001");
    Fingerprint resolved = fail("RESOLVED", mended);
    triage.comment(resolved, "Mended soon");
    write(mended.attempt(2, clock.instant()).throughStage(Stage.CONFIRMED));
    sweep.sweep();
    Fingerprint tender = fail("TENDER", sale("0002"));

    merging.merge(resolved, List.of(tender), null);

    assertThat(records.get(resolved).status()).isEqualTo(ExceptionStatus.OPEN);
    sweep.sweep();
    assertThat(records.get(resolved).status()).isEqualTo(ExceptionStatus.OPEN);
    assertThat(inbox.find(resolved).orElseThrow().summary()).isPresent();
  }

  @Test
  void whatRecoveryTellsOfTheMergedOneIsToldToTheOther() {
    Fingerprint tax = fail("TAX", sale("0001"));
    Fingerprint tender = fail("TENDER", sale("0002"));
    merging.merge(tax, List.of(tender), null);
    RecoveryOperation old =
        RecoveryOperation.planned(
            "o-1",
            RecoveryAction.RETRY,
            "support",
            "Tax code is there",
            clock.instant(),
            new OperationScope(
                OperationScope.Kind.EXCEPTION, tender.value(), tender.value(), "All"),
            "middleware");
    RecoveryNews news =
        new RecoveryNews(
            records,
            stores.failures(),
            new OperationExceptions(stores.documents(), stores.failures()),
            new RecoveriesUnderWay(stores.documents(), stores.failures()),
            known,
            clock);

    news.started(old);
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RECOVERING);
    assertThat(records.get(tender).status()).isEqualTo(ExceptionStatus.MERGED);
    assertThat(merging.takeApart(tender, null)).isInstanceOf(TriageAnswer.Invalid.class);
    news.finished(old);
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);
  }

  @Test
  void itIsRecoveringUntilTheLastOfItsOperationsHasEnded() {
    Fingerprint tax = fail("TAX", sale("0001"));
    RecoveriesUnderWay underWay = new RecoveriesUnderWay(stores.documents(), stores.failures());
    RecoveryNews news =
        new RecoveryNews(
            records,
            stores.failures(),
            new OperationExceptions(stores.documents(), stores.failures()),
            underWay,
            known,
            clock);
    Documents<RecoveryOperation> operations = stores.documents().of(RecoveryKinds.OPERATIONS);
    RecoveryOperation first = running("o-1", tax);
    RecoveryOperation second = running("o-2", tax);
    operations.create("o-1", first);
    operations.create("o-2", second);
    news.started(first);
    news.started(second);

    end(operations, "o-1");
    news.finished(first);
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RECOVERING);

    end(operations, "o-2");
    news.finished(second);
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);
  }

  private RecoveryOperation running(String id, Fingerprint exception) {
    OperationSummary summary =
        OperationSummary.of(1, 1, 0, 1, MoneySum.NONE, Map.of(), Map.of(), "list");
    return RecoveryOperation.planned(
            id,
            RecoveryAction.RETRY,
            "support",
            "Tax code is there",
            clock.instant(),
            new OperationScope(
                OperationScope.Kind.EXCEPTION, exception.value(), exception.value(), "All"),
            "middleware")
        .frozen(summary, clock.instant())
        .flatMap(
            frozen ->
                frozen.after(new OperationEvent.Started(false), "support", null, clock.instant()))
        .orElseThrow();
  }

  private void end(Documents<RecoveryOperation> operations, String id) {
    Documents.Versioned<RecoveryOperation> known = operations.get(id).orElseThrow();
    assertThat(
            operations.replace(
                known,
                known
                    .value()
                    .after(new OperationEvent.Completed(), null, null, clock.instant())
                    .orElseThrow()))
        .isTrue();
  }

  private String refusal(Fingerprint into, Fingerprint... others) {
    return ((TriageAnswer.Invalid) merging.merge(into, List.of(others), null)).reason();
  }

  private RegroupStep step(Fingerprint exception, ExceptionEvent event, String what) {
    return new RegroupStep(
        exception, event, clock.instant(), "support", what, "Title", null, null, "request:1");
  }

  private static String word(int number) {
    return String.valueOf((char) ('A' + number));
  }

  private TriageAnswer asSupport(Callable<TriageAnswer> act) throws Exception {
    logIn();
    try {
      return act.call();
    } finally {
      logOut();
    }
  }
}
