package io.tillpost.console.recovery.operation;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.recovery.FastSettings;
import io.tillpost.console.recovery.FourEyesProperties;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RecoveryProperties;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TargetProperties;
import io.tillpost.console.recovery.TestChannel;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.message.MessageId;
import io.tillpost.message.MoneySum;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationStep;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.recovery.StoreShare;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Operations over a frozen list: plan, preview, approve, canary, run, and what people do to them.
 */
@Execution(ExecutionMode.CONCURRENT)
public class OperationsTest {
  private final RecoveryWorld world = new RecoveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aListThatWasLeftHoldsNothingUpAndOneThatRunsDoes() {
    MessageId sent = world.aFailedSale();
    MessageId free = world.aFailedSale();
    TestConsole console = world.console();
    accepted(console.recovery.planMessages(List.of(sent, free), null));
    RecoveryOperation running = accepted(console.recovery.planMessages(List.of(sent), null));
    accepted(console.control.start(running.id(), "Try again"));
    world.awaitState(running, sent, ItemState.SENT);

    OperationSummary summary =
        accepted(console.recovery.planMessages(List.of(sent, free), null)).summary();

    assertThat(summary.toSend()).isOne();
    assertThat(summary.skipped()).containsExactly(Map.entry("In an operation of support", 1));
  }

  @Test
  void aPreviewSaysWhatIsGoingToHappenAndSendsNothing() {
    List<MessageId> sales = world.sales(3);
    TestConsole console = world.console();
    RecoveryOperation other =
        accepted(console.recovery.retryMessage(sales.getFirst(), because("Try this one")));
    world.awaitState(other, sales.getFirst(), ItemState.SENT);

    RecoveryOperation operation = plan(console, sales.getFirst());

    assertThat(operation.state()).isEqualTo(OperationState.PREVIEWED);
    OperationSummary summary = operation.summary();
    assertThat(summary.messages()).isEqualTo(3);
    assertThat(summary.toSend()).isEqualTo(2);
    assertThat(summary.stores()).isOne();
    assertThat(summary.money())
        .isEqualTo(MoneySum.of(new io.tillpost.message.Money(25_998, "EUR")));
    assertThat(summary.byStore())
        .containsExactly(
            new StoreShare("0412", 2, MoneySum.of(new io.tillpost.message.Money(25_998, "EUR"))));
    assertThat(summary.targets()).containsExactly(Map.entry("erp", 2));
    assertThat(summary.skipped()).containsExactly(Map.entry("In an operation of support", 1));
    assertThat(world.item(operation, sales.getFirst()).state()).isEqualTo(ItemState.SKIPPED);
    assertThat(world.channel.keys()).containsExactly(sales.getFirst() + ":2");
  }

  @Test
  void aPreviewTellsWhatIsOfWhichStoreAlsoOfNone() {
    MessageId one = world.failed(Samples.aSale().store("0711"));
    MessageId two = world.failed(Samples.aSale().store("0711"));
    MessageId none = world.failed(Samples.aSale().store(null));
    TestConsole console = world.idleConsole(world.stores.documents());

    OperationSummary summary =
        accepted(console.recovery.planMessages(List.of(none, one, two), null)).summary();

    assertThat(summary.byStore())
        .extracting(StoreShare::store, StoreShare::messages)
        .containsExactly(tuple("0711", 2), tuple(OperationSummary.NO_STORE, 1));
    assertThat(summary.stores()).isOne();
  }

  @Test
  void theEntryOfAChosenListIsFoundByTheOperation() {
    List<MessageId> sales = world.sales(2);
    TestConsole console = world.idleConsole(world.stores.documents());

    RecoveryOperation operation = accepted(console.recovery.planMessages(sales, null));

    assertThat(world.auditTrail())
        .filteredOn(e -> e.action() == AuditAction.PLAN_OPERATION)
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.subjectKind()).isEqualTo(AuditSubject.Kind.OPERATION);
              assertThat(e.subjectId()).isEqualTo(operation.id());
              assertThat(e.after()).isEqualTo("2 messages: 2 chosen messages");
            });
  }

  @Test
  void itBeginsWithAReasonByWhoPlannedItAndOnlyOnce() {
    MessageId sale = world.aFailedSale();
    TestConsole console = world.console();
    RecoveryOperation operation = plan(console, sale);

    assertThat(console.control.start(operation.id(), " "))
        .isEqualTo(new OperationAnswer.Invalid("A reason of 3 to 500 characters is needed"));
    TestConsole.logIn("oncall", "ONCALL");
    assertThat(console.control.start(operation.id(), "Try again"))
        .isEqualTo(new OperationAnswer.Refused("It was planned by support; plan one of your own"));
    TestConsole.logIn("support", "SUPPORT");
    accepted(console.control.start(operation.id(), "Try again"));
    accepted(console.control.start(operation.id(), "Try again"));

    world.awaitState(operation, sale, ItemState.SENT);
    assertThat(world.now(operation).reason()).isEqualTo("Try again");
    assertThat(world.channel.keys()).hasSize(1);
  }

  @Test
  void aPausedOperationSendsNothingUntilItIsResumed() {
    List<MessageId> sales = world.sales(15);
    world.pace(withRate(5));
    world.channel.behave(world::takeAndConfirm);
    TestConsole console = world.console();
    RecoveryOperation operation = started(console, sales.getFirst());
    await().until(() -> world.channel.keys().size() >= 2);

    assertThat(console.control.pause(operation.id(), "x".repeat(501)))
        .isEqualTo(new OperationAnswer.Invalid("A reason has up to 500 characters"));
    accepted(console.control.pause(operation.id(), " The ERP is slow "));
    world.awaitQuiet(operation);
    int sent = world.channel.keys().size();
    assertThat(sent).isLessThan(15);
    assertThat(world.now(operation).latest().actor()).isEqualTo("support");
    assertThat(world.now(operation).latest().why()).isEqualTo("The ERP is slow");

    TestConsole.logIn("oncall", "ONCALL");
    accepted(console.control.resume(operation.id(), " "));
    world.awaitFinished(operation);
    assertThat(world.channel.keys()).hasSize(15).doesNotHaveDuplicates();
    assertThat(world.auditTrail())
        .filteredOn(entry -> entry.subjectId().equals(operation.id()))
        .extracting(AuditEntry::action, AuditEntry::reason)
        .contains(
            tuple(AuditAction.PAUSE_OPERATION, "The ERP is slow"),
            tuple(AuditAction.RESUME_OPERATION, null));
  }

  @Test
  void aCancelledOperationLeavesAloneWhatHasNotGoneOutAndFollowsTheRest() {
    List<MessageId> sales = world.sales(12);
    world.pace(withRate(5));
    TestConsole console = world.console();
    RecoveryOperation operation = started(console, sales.getFirst());
    await().until(() -> world.channel.keys().size() >= 2);

    accepted(console.control.cancel(operation.id(), null));
    await()
        .untilAsserted(
            () -> assertThat(progress(console, operation).count(ItemState.PLANNED)).isZero());
    Set<String> sent = Set.copyOf(world.channel.keys());
    assertThat(world.now(operation).state()).isEqualTo(OperationState.CANCELLING);
    sales.stream()
        .filter(sale -> sent.contains(sale + ":2"))
        .forEach(sale -> world.report(sale, 2, Stage.CONFIRMED));

    world.awaitState(operation, OperationState.CANCELLED);
    OperationProgress progress = progress(console, operation);
    assertThat(progress.count(ItemState.CONFIRMED)).isEqualTo(sent.size());
    assertThat(progress.count(ItemState.SKIPPED)).isEqualTo(12 - sent.size());
    MessageId left =
        sales.stream().filter(sale -> !sent.contains(sale + ":2")).findFirst().orElseThrow();
    assertThat(world.item(operation, left).reason()).isEqualTo("Cancelled by support");
    assertThat(console.control.resume(operation.id(), null))
        .isEqualTo(
            new OperationAnswer.Refused("This cannot be done while the operation is: cancelled"));

    RecoveryOperation rest = accepted(console.recovery.planRest(operation.id(), null));
    assertThat(rest.summary().toSend()).isEqualTo(12 - sent.size());
  }

  @Test
  void inAFreezeNothingIsSentAndThePreviewSaysSo() {
    MessageId sale = world.aFailedSale();
    TargetProperties.Freeze freeze =
        new TargetProperties.Freeze(
            "Year end",
            LocalDateTime.parse("2020-01-01T00:00"),
            LocalDateTime.parse("2090-01-01T00:00"));
    world.pace(
        new FastSettings()
            .targets(Map.of("erp", new TargetProperties(100, 4, null, List.of(freeze), List.of())))
            .settings());
    TestConsole console = world.console();

    RecoveryOperation operation = started(console, sale);

    assertThat(console.operations.outlook(operation).notices())
        .containsExactly("Nothing is sent to erp until 2090-01-01 00:00:00 Z: Year end");
    world.awaitQuiet(operation);
    assertThat(world.channel.keys()).isEmpty();
    assertThat(world.item(operation, sale).state()).isEqualTo(ItemState.PLANNED);
  }

  @Test
  void aboveTheBoundASecondPersonApprovesWhatWasPreviewed() {
    List<MessageId> sales = world.sales(3);
    world.pace(withFourEyes(new FourEyesProperties(2, Map.of(), true, true)));
    TestConsole console = world.console();
    RecoveryOperation operation = plan(console, sales.getFirst());
    RecoveryOperation waiting =
        accepted(console.control.start(operation.id(), "Tax code is there"));

    assertThat(waiting.state()).isEqualTo(OperationState.AWAITING_APPROVAL);
    assertThat(waiting.latest().why()).isEqualTo("More than 2 messages");
    String hash = waiting.summary().listHash();
    assertThat(console.control.approve(operation.id(), hash))
        .isEqualTo(
            new OperationAnswer.Refused("Somebody else than who asked for it has to approve it"));
    TestConsole.logIn("manager", "MANAGER");
    assertThat(console.control.approve(operation.id(), "another list"))
        .isEqualTo(
            new OperationAnswer.Refused("What you have seen is not the list of this operation"));
    world.awaitQuiet(operation);
    assertThat(world.channel.keys()).isEmpty();

    world.channel.behave(world::takeAndConfirm);
    accepted(console.control.approve(operation.id(), hash));
    accepted(console.control.approve(operation.id(), hash));
    world.awaitFinished(operation);
    assertThat(world.channel.keys()).hasSize(3);
    assertThat(world.now(operation).history())
        .anyMatch(s -> s.state() == OperationState.RUNNING && "manager".equals(s.actor()));
  }

  @Test
  void whatIsDeclinedIsNotSent() {
    MessageId sale = world.aFailedSale();
    world.pace(withFourEyes(new FourEyesProperties(100, Map.of("EUR", 10_000L), true, true)));
    TestConsole console = world.console();
    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));
    assertThat(operation.state()).isEqualTo(OperationState.AWAITING_APPROVAL);
    assertThat(operation.latest().why()).isEqualTo("More than 100.00 EUR");

    TestConsole.logIn("manager", "MANAGER");
    RecoveryOperation declined =
        accepted(console.control.decline(operation.id(), "Ask the ERP team first"));

    world.awaitState(operation, OperationState.CANCELLED);
    assertThat(accepted(console.control.decline(operation.id(), "Again")).history())
        .as("asked twice is accepted and changes nothing")
        .startsWith(declined.history().toArray(OperationStep[]::new))
        .noneMatch(step -> "Again".equals(step.why()));
    TestConsole.logIn("other", "MANAGER");
    assertThat(console.control.decline(operation.id(), null))
        .isInstanceOf(OperationAnswer.Refused.class);
    assertThat(world.item(operation, sale).state()).isEqualTo(ItemState.SKIPPED);
    assertThat(world.channel.keys()).isEmpty();
  }

  @Test
  void messagesOfOneTransactionGoInTheirOrderAndTheLaterOneWaits() {
    MessageBuilder first = Samples.aSale().capturedAt(Instant.now().minusSeconds(900));
    MessageId earlier = world.failed(first.transactionNumber(42L));
    MessageId later =
        world.failed(
            Samples.aSale().capturedAt(Instant.now().minusSeconds(800)).transactionNumber(42L));
    MessageId another = world.aFailedSale();
    TestConsole console = world.console();
    RecoveryOperation operation = started(console, earlier);

    world.awaitState(operation, another, ItemState.SENT);
    world.awaitQuiet(operation);
    assertThat(world.item(operation, later).state()).isEqualTo(ItemState.PLANNED);

    world.report(earlier, 2, Stage.CONFIRMED);
    world.awaitState(operation, later, ItemState.SENT);
  }

  @Test
  void afterAFailureTheLaterOneOfTheSameTransactionIsLeftOut() {
    MessageId earlier =
        world.failed(
            Samples.aSale().capturedAt(Instant.now().minusSeconds(900)).transactionNumber(43L));
    MessageId later =
        world.failed(
            Samples.aSale().capturedAt(Instant.now().minusSeconds(800)).transactionNumber(43L));
    world.channel.behave(_ -> TestChannel.Answer.problem(422, "no"));
    TestConsole console = world.console();
    RecoveryOperation operation = started(console, earlier);

    world.awaitFinished(operation);
    assertThat(world.item(operation, earlier).state()).isEqualTo(ItemState.REFUSED);
    assertThat(world.item(operation, later).reason())
        .isEqualTo(
            "Message %s about the same business object goes before it and did not get through"
                .formatted(earlier));
    assertThat(world.channel.keys()).containsExactly(earlier + ":2");
  }

  private RecoveryOperation plan(TestConsole console, MessageId sale) {
    return accepted(console.recovery.planException(world.exceptionOf(sale), null));
  }

  private RecoveryOperation started(TestConsole console, MessageId sale) {
    return accepted(console.control.start(plan(console, sale).id(), "Tax code is there now"));
  }

  private static OperationProgress progress(TestConsole console, RecoveryOperation operation) {
    return console.operations.find(operation.id()).orElseThrow();
  }

  private static RecoveryProperties withRate(double rate) {
    return new FastSettings().target(RecoveryWorld.target(rate, 4)).settings();
  }

  public static RecoveryProperties withFourEyes(FourEyesProperties fourEyes) {
    return new FastSettings().fourEyes(fourEyes).settings();
  }
}
