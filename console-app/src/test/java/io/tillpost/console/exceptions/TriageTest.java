package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.OwnerSide;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Stage;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class TriageTest {
  private final InMemoryStores stores = new InMemoryStores();
  private final MutableClock clock = MutableClock.at(Samples.MORNING.plusSeconds(3_600));
  private final TriageRecords records = new TriageRecords(stores.documents(), stores.failures());
  private final Triage triage =
      new Triage(
          records,
          new AuditLog(stores.documents(), Optional::empty, clock),
          new CurrentOperator(),
          Set.of("support", "oncall")::contains,
          clock);
  private final ExceptionInbox inbox =
      new ExceptionInbox(
          stores.failures(), StoreDirectory.of(List.of()), records, Samples.workflows(), clock);
  private final RecoveryNews news = new RecoveryNews(records, stores.failures(), clock);

  @BeforeEach
  void logIn() {
    logIn("support");
  }

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void theMostStoresComeFirstThenTheMostMessagesThenTheOldest() {
    fail("TWO_STORES", sale("0001"), sale("0002"));
    fail("MANY_MESSAGES", sale("0001"), sale("0001"), sale("0001"));
    fail("YOUNG", sale("0001").capturedAt(Samples.MORNING.plusSeconds(60)));
    fail("OLD", sale("0001").capturedAt(Samples.MORNING.minusSeconds(60)));

    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(e -> e.group().sample().code())
        .containsExactly("TWO_STORES", "MANY_MESSAGES", "OLD", "YOUNG");
  }

  @Test
  void aStoreWithUnsentSalesWeighsMoreThanOneWithLateStock() {
    fail("STOCK", stock("0001"), stock("0002"));
    fail("SALE", sale("0003"));
    fail("MORE_STOCK", stock("0004"), stock("0005"), stock("0006"));

    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(e -> e.group().sample().code())
        .containsExactly("MORE_STOCK", "SALE", "STOCK");
  }

  @Test
  void exceptionsAreFilteredByWhatFailedAndByWhatPeopleDecided() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    fail("TIMEOUT", Samples.aStockUpdate());
    triage.classify(tax, FailureClass.MASTER_DATA);
    triage.assignToMe(tax);

    assertThat(codes(filter(Set.of("sales-posting"), Set.of(), null, null)))
        .containsExactly("TAX_CODE_UNKNOWN");
    assertThat(codes(filter(Set.of(), Set.of(FailureClass.MASTER_DATA), null, null)))
        .containsExactly("TAX_CODE_UNKNOWN");
    assertThat(codes(filter(Set.of(), Set.of(), OwnerSide.BUSINESS, "support")))
        .containsExactly("TAX_CODE_UNKNOWN");
    assertThat(codes(filter(Set.of(), Set.of(), null, ExceptionFilter.NOBODY)))
        .containsExactly("TIMEOUT");
  }

  @Test
  void whoIsNotKnownCannotBeAssignedAndAnEmptyCommentIsNone() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));

    assertThat(triage.assign(tax, "stranger", null))
        .isEqualTo(new TriageAnswer.Invalid("Nobody has the user name stranger"));
    assertThat(triage.comment(tax, "  ")).isInstanceOf(TriageAnswer.Invalid.class);
    assertThat(triage.comment(tax, "x".repeat(4_001))).isInstanceOf(TriageAnswer.Invalid.class);
    assertThat(triage.assign(tax, "oncall", "Retail IT")).isInstanceOf(TriageAnswer.Done.class);
    assertThat(triage.assign(tax, null, null))
        .isInstanceOfSatisfying(
            TriageAnswer.Done.class, done -> assertThat(done.exception().assignee()).isNull());
  }

  @Test
  void twoPeopleAtTheSameTimeBothCount() throws Exception {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 40)
          .forEach(
              i ->
                  threads.execute(
                      () -> {
                        logIn("support");
                        triage.comment(tax, "Comment " + i);
                      }));
    }

    ExceptionGroup group = records.get(tax);
    assertThat(group.comments()).hasSize(40);
    assertThat(group.history()).hasSize(40);
  }

  @Test
  void whoRetriesAnExceptionThatNobodyHasHasItNow() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));

    news.started(retryAll(tax, "oncall"));

    assertThat(records.get(tax).assignee()).isEqualTo("oncall");
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RECOVERING);

    news.started(retryAll(tax, "support"));
    assertThat(records.get(tax).assignee()).isEqualTo("oncall");
  }

  @Test
  void anExceptionIsResolvedWhenItsMessagesAreThroughAndOpenWhenTheyComeBack() {
    MessageBuilder sale = sale("0001");
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale);
    ExceptionSweep sweep = new ExceptionSweep(records, stores.failures(), clock);
    news.started(retryAll(tax, "support"));

    news.finished(retryAll(tax, "support"));
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);

    write(sale.attempt(2, clock.instant()).throughStage(Stage.CONFIRMED));
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RESOLVED);
    assertThat(inbox.find(tax).orElseThrow().group()).isEmpty();
    assertThat(inbox.find(tax).orElseThrow().title())
        .isEqualTo("It does not work (TAX_CODE_UNKNOWN)");
    assertThat(records.titles(List.of(tax.value(), "00ff00ff00ff00ff")))
        .containsOnly(Map.entry(tax.value(), "It does not work (TAX_CODE_UNKNOWN)"));

    fail("TAX_CODE_UNKNOWN", sale("0002"));
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);
  }

  private List<String> codes(ExceptionFilter filter) {
    return inbox.list(filter).stream().map(e -> e.group().sample().code()).toList();
  }

  private static ExceptionFilter filter(
      Set<String> workflows, Set<FailureClass> classes, OwnerSide side, String assignee) {
    return ExceptionFilter.ALL.with(
        f -> f.workflows(workflows).classes(classes).side(side).assignee(assignee));
  }

  private static MessageBuilder stock(String store) {
    return Samples.aStockUpdate().store(store);
  }

  private static MessageBuilder sale(String store) {
    return Samples.aSale().store(store);
  }

  private Fingerprint fail(String code, MessageBuilder... messages) {
    for (MessageBuilder message : messages) {
      write(
          message
              .failingWith(
                  Samples.aFailure()
                      .code(code)
                      .message("It does not work")
                      .failureClass(null)
                      .build())
              .throughStage(Stage.FAILED));
    }
    return stores
        .messages()
        .find(messages[0].messageId())
        .orElseThrow()
        .message()
        .fingerprint()
        .orElseThrow();
  }

  private void write(List<io.tillpost.message.MessageEvent> events) {
    stores.ingestWriter().write(new IngestWriter.Batch(events, List.of()));
  }

  private RecoveryOperation retryAll(Fingerprint fingerprint, String by) {
    return RecoveryOperation.planned(
        "o-" + by,
        RecoveryAction.RETRY,
        by,
        "Tax code is there",
        clock.instant(),
        new OperationScope(
            OperationScope.Kind.EXCEPTION, fingerprint.value(), fingerprint.value(), "All"),
        "middleware");
  }

  private static void logIn(String user) {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken(user, "", "ROLE_SUPPORT"));
  }
}
