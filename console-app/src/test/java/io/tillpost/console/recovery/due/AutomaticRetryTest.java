package io.tillpost.console.recovery.due;

import static io.tillpost.console.recovery.RecoveryWorld.itemsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.recovery.AutomaticProperties;
import io.tillpost.console.recovery.FastSettings;
import io.tillpost.console.recovery.RecoveryProperties;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TargetProperties;
import io.tillpost.console.recovery.TestChannel;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.TestLogin;
import io.tillpost.failure.FailureClass;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryClaim;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Retries that nobody asks for: when they go, how often, and who keeps them from going. */
class AutomaticRetryTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final RecoveryWorld world = new RecoveryWorld().pace(automatic(SOON, 3));

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whatIsDueOfAnExceptionGoesOutTogetherInAnOperationOfItsOwn() {
    List<MessageId> sales = sales(3);
    world.channel.behave(world::takeAndConfirm);
    TestConsole console = world.console();

    console.automatic.look();

    RecoveryOperation operation = only(console);
    assertThat(operation.requestedBy()).isEqualTo("automatic retry");
    assertThat(operation.reason())
        .isEqualTo(
            "Failures classified as transient are retried automatically, first after 1 s, at most 3 times");
    assertThat(operation.scope().description())
        .isEqualTo("3 failed messages of the exception that are due");
    world.awaitFinished(operation);
    assertThat(sales)
        .allSatisfy(
            id -> assertThat(world.item(operation, id).state()).isEqualTo(ItemState.CONFIRMED));
    assertThat(world.auditTrail())
        .filteredOn(entry -> entry.actor().equals("automatic retry"))
        .extracting(entry -> entry.action(), entry -> entry.subjectKind())
        .containsExactlyInAnyOrder(
            tuple(AuditAction.RETRY, AuditSubject.Kind.EXCEPTION),
            tuple(AuditAction.RETRY, AuditSubject.Kind.MESSAGE),
            tuple(AuditAction.RETRY, AuditSubject.Kind.MESSAGE),
            tuple(AuditAction.RETRY, AuditSubject.Kind.MESSAGE));
  }

  @Test
  void whatGoesByItselfGoesForAllStoresWhoeverIsLoggedIn() {
    MessageId sale = world.aFailedSale();
    TestConsole console = world.idleConsole(world.stores.documents());
    TestLogin.as("galway", Role.SUPPORT, TestLogin.only("0413"));

    console.automatic.look();

    RecoveryOperation operation = only(console);
    assertThat(operation.summary().toSend()).isEqualTo(1);
    assertThat(world.item(operation, sale).state()).isEqualTo(ItemState.PLANNED);
  }

  @Test
  void nothingGoesOutBeforeThePauseIsOverAndItIsSaidWhenItWill() {
    world.pace(automatic(Duration.ofHours(1), 3));
    MessageId sale = world.aFailedSale();
    TestConsole console = world.console();

    console.automatic.look();

    assertThat(operations(console)).isEmpty();
    AutomaticNotice notice = console.automaticRetries.of(world.exceptionOf(sale)).orElseThrow();
    assertThat(notice.state()).isEqualTo(AutomaticNotice.State.WAITING);
    assertThat(notice.words())
        .matches(
            "Automatic retry in (49|[5]\\d) min, 0 of 3 done|Automatic retry in 1 h 0\\d min, 0 of 3 done");
    assertThat(console.automaticRetries.of(sale)).contains(notice);
  }

  @Test
  void aMessageIsRetriedSoOnlySoOftenWhicheverConsoleCounts() {
    world.pace(automatic(Duration.ofMillis(10), 2));
    MessageId sale = world.aFailedSale();
    world.channel.behave(this::takeAndFail);
    TestConsole console = world.console();

    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              console.automatic.look();
              return operations(console).size() == 2
                  && operations(console).stream()
                      .allMatch(o -> o.state() == OperationState.FINISHED);
            });
    TestConsole another = world.idleConsole(world.stores.documents());
    another.automatic.look();

    assertThat(world.channel.keys()).containsExactly(sale + ":2", sale + ":3");
    assertThat(operations(another)).hasSize(2);
    assertThat(another.automaticRetries.of(sale).orElseThrow().words())
        .isEqualTo("2 automatic retries did not help");
    assertThat(another.automaticRetries.of(world.exceptionOf(sale)).orElseThrow())
        .isEqualTo(
            new AutomaticNotice(
                AutomaticNotice.State.USED_UP, "2 automatic retries did not help", null, 2, 2));
  }

  @Test
  void whatIsDueIsFoundBehindAnyNumberOfOlderOnesThatAreNot() {
    world.pace(automatic(Duration.ofSeconds(30), 3));
    Instant now = Instant.now();
    List<MessageEvent> failedJustNow = new ArrayList<>();
    for (int i = 0; i < AutomaticRetry.PAGE; i++) {
      MessageBuilder older = Samples.aSale().capturedAt(now.minusSeconds(600));
      failedJustNow.add(older.attempt(1, now).event(Stage.FAILED));
    }
    world.write(failedJustNow);
    MessageId due = world.failed(Samples.aSale().capturedAt(now.minusSeconds(300)));
    TestConsole console = world.idleConsole(world.stores.documents());

    console.automatic.look();

    assertThat(itemsOf(console.records, only(console).id()))
        .extracting(item -> item.value().messageId())
        .containsExactly(due.value());
  }

  @Test
  void aListThatCountsTooFewIsLookedAtOnceMoreBeforeAnythingGoesOut() {
    MessageId sale = world.aFailedSale();
    RecoveryRecords records = new RecoveryRecords(world.stores.documents());
    TestConsole console = world.idleConsole(world.stores.documents());
    console.automatic.look();
    RecoveryOperation operation = only(console);
    // Somebody else's automatic retries that no search showed when the list was frozen.
    for (int attempt = 3; attempt < 6; attempt++) {
      records
          .claims()
          .create(
              RecoveryClaim.id(sale.value(), attempt),
              new RecoveryClaim(
                  sale.value(), attempt, "other", RecoveryOperation.AUTOMATIC, Instant.now()));
    }

    console.start();

    assertThat(world.awaitState(operation, sale, ItemState.SKIPPED).reason())
        .isEqualTo("3 automatic retries did not help");
    assertThat(world.channel.keys()).isEmpty();
  }

  @Test
  void consolesThatLookAtTheSameMomentMakeOneOperation() throws Exception {
    sales(5);
    List<TestConsole> consoles =
        IntStream.range(0, 6).mapToObj(_ -> world.idleConsole(world.stores.documents())).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var end :
          threads.invokeAll(consoles.stream().map(AutomaticRetryTest::looking).toList())) {
        end.get();
      }
    }

    assertThat(operations(consoles.getFirst())).hasSize(1);
  }

  private static Callable<Boolean> looking(TestConsole console) {
    return () -> {
      console.automatic.look();
      return true;
    };
  }

  @Test
  void whatAPersonClassifiedOrStoppedIsLeftToPeopleAlsoWhereItIsPlannedAlready() {
    MessageId sale = world.aFailedSale();
    TestConsole console = world.idleConsole(world.stores.documents());
    console.automatic.look();
    RecoveryOperation operation = only(console);
    world.triage.classify(FailureClass.MAPPING);

    console.start();

    assertThat(world.awaitState(operation, sale, ItemState.SKIPPED).reason())
        .isEqualTo("A person classified it as mapping");
    assertThat(console.automaticRetries.of(sale)).isEmpty();
    world.triage.classify(null);
    world.triage.stop("anna");
    console.automatic.look();
    assertThat(operations(console)).hasSize(1);
    assertThat(console.automaticRetries.of(sale).orElseThrow().words())
        .isEqualTo("Automatic retry is stopped by anna");
    assertThat(world.channel.keys()).isEmpty();
  }

  @Test
  void anOperationIsLetGoOnceItsExceptionIsStopped() {
    sales(3);
    TestConsole console = world.idleConsole(world.stores.documents());
    console.automatic.look();
    world.triage.stop("anna");

    console.automatic.look();

    RecoveryOperation operation = only(console);
    assertThat(operation.state()).isEqualTo(OperationState.CANCELLING);
    assertThat(operation.latest().why()).isEqualTo("Automatic retry was stopped by anna");
    assertThat(operation.latest().actor()).isEqualTo("automatic retry");
    console.start();
    world.awaitState(operation, OperationState.CANCELLED);
    assertThat(world.channel.keys()).isEmpty();
  }

  @Test
  void whereTheFirstFewFailTheRestIsLetGoAndTheTargetRests() {
    world.pace(automatic(Duration.ofMinutes(1), 3));
    List<MessageId> sales = sales(30);
    world.channel.behave(this::takeAndFail);
    TestConsole console = world.console();
    console.automatic.look();
    RecoveryOperation operation = only(console);
    world.awaitState(operation, OperationState.PAUSED);

    console.automatic.look();

    world.awaitState(operation, OperationState.CANCELLED);
    assertThat(world.channel.keys()).hasSize(5);
    assertThat(world.item(operation, sales.getLast()).reason())
        .isEqualTo("Cancelled by automatic retry");
    assertThat(next(console, sales.getLast())).isAfter(Instant.now().plusSeconds(45));
  }

  @Test
  void aTargetToWhichAPersonsRetryPausedByItselfIsLeftAlone() {
    sales(30);
    world.channel.behave(this::takeAndFail);
    TestConsole console = world.console();
    MessageId any = world.aFailedSale();
    RecoveryOperation theirs =
        RecoveryWorld.accepted(console.recovery.planException(world.exceptionOf(any), "key"));
    RecoveryWorld.accepted(console.control.start(theirs.id(), "Try again"));
    world.awaitState(theirs, OperationState.PAUSED);

    console.automatic.look();

    assertThat(operations(console)).isEmpty();
    assertThat(console.automaticRetries.of(world.exceptionOf(any)).orElseThrow().words())
        .isEqualTo("Automatic retry waits: A retry by support to erp has paused by itself");
  }

  @Test
  void aMessageOfWhichNobodyKnowsWhetherItGotThroughIsLeftToPeople() {
    world.timeout(Duration.ofMillis(900)).deadline(Duration.ofSeconds(1));
    MessageId sale = world.aFailedSale();
    TestConsole console = world.console();
    RecoveryOperation theirs =
        RecoveryWorld.accepted(
            console.recovery.retryMessage(sale, RecoveryWorld.because("Try again")));
    world.awaitState(theirs, sale, ItemState.UNCONFIRMED);

    console.automatic.look();

    assertThat(operations(console)).isEmpty();
    assertThat(world.channel.keys()).containsExactly(sale + ":2");
  }

  @Test
  void whatAPersonTookBackRestsForTheLongestPause() {
    List<MessageId> sales = sales(2);
    TestConsole console = world.idleConsole(world.stores.documents());
    console.automatic.look();
    RecoveryOperation operation = only(console);
    RecoveryWorld.accepted(console.control.cancel(operation.id(), "Not now"));
    console.start();
    world.awaitState(operation, OperationState.CANCELLED);

    assertThat(next(console, sales.getFirst())).isAfter(Instant.now().plusSeconds(7_000));
  }

  @Test
  void pausesGrowUpToTheLongestAndEachMessageHasItsOwn() {
    AutomaticProperties how =
        new AutomaticProperties(Duration.ofMinutes(2), 2, Duration.ofMinutes(5), 3, 20, Set.of());

    assertThat(how.pause(0)).isEqualTo(Duration.ofMinutes(2));
    assertThat(how.pause(1)).isEqualTo(Duration.ofMinutes(4));
    assertThat(how.pause(2)).isEqualTo(Duration.ofMinutes(5));
    assertThat(how.pause(500)).isEqualTo(Duration.ofMinutes(5));
    Set<Duration> pauses =
        IntStream.range(0, 1_000)
            .mapToObj(i -> how.pause(0, "sale-" + i))
            .collect(Collectors.toSet());
    assertThat(pauses).hasSizeGreaterThan(900);
    assertThat(pauses)
        .allMatch(
            p -> !p.minusSeconds(120).isNegative() && p.compareTo(Duration.ofSeconds(144)) <= 0);
    assertThat(pauses).anyMatch(p -> p.compareTo(Duration.ofSeconds(142)) > 0);
    assertThat(how.pause(1, "sale-1")).isEqualTo(how.pause(1, "sale-1"));
  }

  private TestChannel.Answer takeAndFail(TestChannel.Call call) {
    world.report(
        new MessageId(call.json().get("messageId").stringValue()),
        RecoveryWorld.attempt(call),
        Stage.FAILED);
    return TestChannel.Answer.of(202);
  }

  private Instant next(TestConsole console, MessageId sale) {
    console.automatic.look();
    assertThat(operations(console)).hasSize(1);
    return console.automaticRetries.of(world.exceptionOf(sale)).orElseThrow().nextAt();
  }

  private List<MessageId> sales(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                world.failed(
                    Samples.aSale().capturedAt(Instant.now().minusSeconds(600 + count - i))))
        .toList();
  }

  private static RecoveryOperation only(TestConsole console) {
    assertThat(operations(console)).hasSize(1);
    return operations(console).getFirst();
  }

  static List<RecoveryOperation> operations(TestConsole console) {
    return console.records.operations().find(DocumentQuery.ALL).items().stream()
        .map(Versioned::value)
        .filter(RecoveryOperation::isAutomatic)
        .toList();
  }

  static RecoveryProperties automatic(Duration delay, int atMost) {
    return automatic(delay, atMost, RecoveryWorld.FAST.targets(), Set.of());
  }

  static RecoveryProperties automatic(
      Duration delay, int atMost, Map<String, TargetProperties> targets, Set<String> only) {
    return new FastSettings()
        .targets(targets)
        .automatic(
            FailureClass.TRANSIENT,
            new AutomaticProperties(delay, 2, Duration.ofHours(2), atMost, 20, only))
        .settings();
  }
}
