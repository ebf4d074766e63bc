package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.classification.ClassificationRules;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.failure.ExceptionEvent;
import io.tillpost.failure.ExceptionMerge;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.failure.RegroupStep;
import io.tillpost.failure.SplitCondition;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Money;
import io.tillpost.message.MoneySum;
import io.tillpost.message.Stage;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.GroupingStore;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.RandomGroupings;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class MergingTest {
  private final InMemoryStores stores = new InMemoryStores();
  private final MutableClock clock = MutableClock.at(Samples.MORNING.plusSeconds(3_600));
  private final AuditLog audit = new AuditLog(stores.documents(), Optional::empty, clock);
  private final TriageRecords records = new TriageRecords(stores.documents(), stores.failures());
  private final GroupingStore groupings = new GroupingStore(stores.documents());
  private final Regrouping regrouping =
      new Regrouping(groupings, records, audit, new CurrentOperator(), clock);
  private final Merging merging = new Merging(regrouping, records);
  private final Splitting splitting = new Splitting(regrouping, records, stores.failures());
  private final Triage triage =
      new Triage(
          records,
          stores.failures(),
          audit,
          new CurrentOperator(),
          Set.of("support")::contains,
          () -> ClassificationRules.NONE,
          clock);
  private final ExceptionInbox inbox =
      new ExceptionInbox(
          stores.failures(),
          StoreDirectory.of(List.of()),
          records,
          () -> ClassificationRules.NONE,
          Samples.workflows(),
          clock);
  private final ExceptionSweep sweep =
      new ExceptionSweep(records, stores.failures(), regrouping, clock);

  @BeforeEach
  void logIn() {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken("support", "", "ROLE_CLASSIFY"));
  }

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

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
    write(mended.attempt(2, clock.instant()), Stage.CONFIRMED);
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
    RecoveryNews news = new RecoveryNews(records, stores.failures(), clock);

    news.started(old);
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RECOVERING);
    assertThat(records.get(tender).status()).isEqualTo(ExceptionStatus.MERGED);
    assertThat(merging.takeApart(tender, null)).isInstanceOf(TriageAnswer.Invalid.class);
    news.finished(old);
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);
  }

  @Test
  void whatIsSplitOffIsAnExceptionOfItsOwnAlsoForWhatFailsLater() {
    Fingerprint tax = fail("TAX", sale("0001"), sale("0001"), sale("0002"));
    triage.classify(tax, FailureClass.MASTER_DATA);
    triage.assign(tax, "support", "Retail IT");

    assertThat(splitting.preview(tax, inStore("0002")))
        .isInstanceOfSatisfying(
            Splitting.Preview.Taken.class,
            taken -> {
              assertThat(taken.part().messages()).isEqualTo(1);
              assertThat(taken.rest()).isEqualTo(2);
            });
    assertThat(splitting.split(tax, inStore("0002"), "Another cause"))
        .isInstanceOf(TriageAnswer.Done.class);
    fail("TAX", sale("0002"));
    clock.advance(Duration.ofSeconds(2));

    Fingerprint part = inbox.find(tax).orElseThrow().splits().getFirst().part();
    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(ExceptionSummary::fingerprint, e -> e.group().messages())
        .containsExactlyInAnyOrder(tuple(tax, 2L), tuple(part, 2L));
    ExceptionSummary own = inbox.find(part).orElseThrow().summary().orElseThrow();
    assertThat(own.title()).isEqualTo("It does not work (TAX) · store 0002");
    assertThat(own.failureClass()).isEqualTo(FailureClass.MASTER_DATA);
    assertThat(own.assignee()).isEqualTo("support");
    assertThat(own.triage().team()).isEqualTo("Retail IT");
    assertThat(own.status()).isEqualTo(ExceptionStatus.OPEN);
    assertThat(own.triage().history().getLast().what())
        .startsWith("split it off “It does not work (TAX)” (" + tax + "): store 0002")
        .endsWith(": Another cause");
    assertThat(records.get(tax).history().getLast().what())
        .startsWith("split off “It does not work (TAX) · store 0002” (" + part + ")");
    assertThat(audited(tax)).contains("SPLIT");
    assertThat(audited(part)).containsExactly("SPLIT");
    MessageBuilder later = sale("0002");
    fail("TAX", later);
    assertThat(
            stores
                .messages()
                .exceptionOf(stores.messages().find(later.messageId()).orElseThrow().message()))
        .contains(part);
  }

  @Test
  void whatWasSplitOffIsPutBackAndSplitOffAgain() {
    Fingerprint tax = fail("TAX", sale("0001"), sale("0002"));
    splitting.split(tax, inStore("0002"), null);
    Fingerprint part = inbox.find(tax).orElseThrow().splits().getFirst().part();

    assertThat(merging.putBack(part, "One cause after all")).isInstanceOf(TriageAnswer.Done.class);
    assertThat(stores.failures().group(tax).orElseThrow().messages()).isEqualTo(2);
    assertThat(inbox.find(part).orElseThrow().mergedInto().orElseThrow().into()).isEqualTo(tax);
    assertThat(inbox.find(tax).orElseThrow().splits()).isEmpty();
    assertThat(merging.putBack(tax, null))
        .isEqualTo(new TriageAnswer.Invalid("It was not split off another one"));

    assertThat(merging.takeApart(part, null)).isInstanceOf(TriageAnswer.Done.class);
    assertThat(stores.failures().group(tax).orElseThrow().messages()).isEqualTo(1);
    assertThat(stores.failures().group(part).orElseThrow().messages()).isEqualTo(1);
  }

  @Test
  void aPartCanBeSplitAgainAndMergedIntoAnother() {
    Fingerprint tax =
        fail("TAX", sale("0001"), sale("0002").key("sku", "A-1"), sale("0002").key("sku", "B-1"));
    Fingerprint tender = fail("TENDER", sale("0003"));
    splitting.split(tax, inStore("0002"), null);
    Fingerprint part = inbox.find(tax).orElseThrow().splits().getFirst().part();
    splitting.split(part, new SplitCondition(Set.of(), null, null, null, "sku", "A-"), null);
    Fingerprint ofPart = inbox.find(part).orElseThrow().splits().getFirst().part();
    merging.merge(tender, List.of(ofPart), null);

    assertThat(inbox.find(ofPart).orElseThrow().title())
        .isEqualTo("It does not work (TAX) · store 0002, sku begins with A-");
    assertThat(stores.failures().group(tender).orElseThrow().messages()).isEqualTo(2);
    assertThat(stores.failures().group(part).orElseThrow().messages()).isEqualTo(1);
    assertThat(stores.failures().group(tax).orElseThrow().messages()).isEqualTo(1);
  }

  @Test
  void whatCannotBeSplitSaysWhy() {
    Fingerprint tax = fail("TAX", sale("0001"), sale("0002"));

    assertThat(splitRefusal(tax, SplitCondition.NONE))
        .isEqualTo("Say which messages are split off");
    assertThat(splitRefusal(tax, inStore("0009"))).startsWith("None of its messages");
    assertThat(splitRefusal(tax, new SplitCondition(Set.of(), null, "TAX", null, null, null)))
        .startsWith("All its messages");
    assertThat(splitRefusal(tax, new SplitCondition(Set.of(), null, null, null, "sku", null)))
        .startsWith("A key needs");
    assertThat(
            splitRefusal(
                tax, new SplitCondition(Set.of(), null, "x".repeat(201), null, null, null)))
        .contains("up to 200 characters");
    records.change(
        tax, g -> g.after(ExceptionEvent.RECOVERY_STARTED, "support", "retried", clock.instant()));
    assertThat(splitRefusal(tax, inStore("0002"))).endsWith("runs: wait for its end");
    assertThat(groupings.current()).isEqualTo(Grouping.NONE);
  }

  @Test
  void noExceptionBecomesMoreEntangledThanAQueryCanTell() {
    Fingerprint tax = fail("TAX", sale("0001"));
    groupings.change(
        grouping -> {
          Grouping entangled = grouping;
          for (int i = 1; i <= Grouping.MOST_CONDITIONS / 2; i++) {
            entangled =
                entangled.split(
                    RandomGroupings.split(
                        tax, new Fingerprint("%016x".formatted(i)), inStore("9" + i)),
                    List.of());
          }
          assertThat(entangled.isTooEntangled()).isFalse();
          return Optional.of(entangled);
        });
    fail("TAX", sale("0002"));

    assertThat(splitRefusal(tax, inStore("0002"))).startsWith("It has been split and merged too");
  }

  private String splitRefusal(Fingerprint from, SplitCondition condition) {
    return ((TriageAnswer.Invalid) splitting.split(from, condition, null)).reason();
  }

  private static SplitCondition inStore(String id) {
    return new SplitCondition(Set.of(id), null, null, null, null, null);
  }

  private String refusal(Fingerprint into, Fingerprint... others) {
    return ((TriageAnswer.Invalid) merging.merge(into, List.of(others), null)).reason();
  }

  private RegroupStep step(Fingerprint exception, ExceptionEvent event, String what) {
    return new RegroupStep(
        exception, event, clock.instant(), "support", what, "Title", null, null, "request:1");
  }

  private List<String> audited(Fingerprint exception) {
    return stores
        .documents()
        .of(new DocumentKind<>("audit-entries", AuditEntry.class, Map.of(), true))
        .find(DocumentQuery.ALL)
        .items()
        .stream()
        .map(d -> d.value())
        .filter(e -> e.subjectId().equals(exception.value()))
        .map(e -> e.action().name())
        .toList();
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

  private static MessageBuilder sale(String store) {
    return Samples.aSale().store(store).amount(100, "EUR");
  }

  private Fingerprint fail(String code, MessageBuilder... messages) {
    for (MessageBuilder message : messages) {
      write(
          message.failingWith(Samples.aFailure().code(code).message("It does not work").build()),
          Stage.FAILED);
    }
    return stores
        .messages()
        .find(messages[0].messageId())
        .orElseThrow()
        .message()
        .fingerprint()
        .orElseThrow();
  }

  private void write(MessageBuilder message, Stage stage) {
    stores.ingestWriter().write(new IngestWriter.Batch(message.throughStage(stage), List.of()));
  }
}
