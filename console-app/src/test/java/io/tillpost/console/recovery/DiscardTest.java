package io.tillpost.console.recovery;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static io.tillpost.console.recovery.RecoveryWorld.itemsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditEntry;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Giving messages up, and taking that back. */
@Execution(ExecutionMode.CONCURRENT)
class DiscardTest {
  private final RecoveryWorld world = new RecoveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aDiscardedMessageIsFailedNoMoreAndNothingIsSent() {
    MessageId sale = world.aFailedSale();
    Fingerprint exception = world.exceptionOf(sale);
    TestConsole console = world.console();

    RecoveryOperation operation = discarded(console, sale);

    assertThat(world.item(operation, sale).state()).isEqualTo(ItemState.DISCARDED);
    assertThat(message(sale).status()).isEqualTo(MessageStatus.DISCARDED);
    assertThat(world.stores.failures().group(exception)).isEmpty();
    assertThat(world.channel.keys()).isEmpty();
    assertThat(console.recovery.objection(sale)).contains("It was discarded");
    assertThat(console.discards.objection(sale)).contains("It was discarded");
    assertThat(message(sale).attempts().get(1).reached().get(Stage.DISCARDED).value())
        .isEqualTo("/tillpost/recovery");
  }

  @Test
  void tickedExceptionsAreFrozenDiscardedTogetherAndRestored() {
    MessageId first = world.failed(failing("E-1"));
    MessageId second = world.failed(failing("E-2"));
    MessageId other = world.failed(failing("E-3"));
    MessageId through = world.failed(failing("E-1"));
    world.report(through, 1, Stage.CONFIRMED);
    TestConsole console = world.console();
    Chosen both =
        new Chosen.OfExceptions(
            List.of(world.exceptionOf(second), world.exceptionOf(first), world.exceptionOf(first)));

    RecoveryOperation planned = accepted(console.discards.plan(both, "key-1"));
    MessageId later = world.failed(failing("E-1"));

    assertThat(planned.scope().description()).isEqualTo("2 failed messages of 2 chosen exceptions");
    assertThat(planned.scope().subjectId()).isEqualTo("2 chosen exceptions");
    assertThat(itemsOf(console.records, planned.id()))
        .extracting(item -> item.value().messageId())
        .as("the oldest first, whichever was ticked first")
        .containsExactly(first.value(), second.value());
    assertThat(planned.summary().toSend()).isEqualTo(2);
    assertThat(message(first).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(accepted(console.discards.plan(both, "key-1")).id()).isEqualTo(planned.id());
    Chosen one = new Chosen.OfExceptions(List.of(world.exceptionOf(other)));
    assertThat(console.discards.plan(one, "key-1")).isInstanceOf(OperationAnswer.Refused.class);
    assertThat(accepted(console.discards.plan(one, "key-2")).scope().description())
        .isEqualTo("1 failed message of 1 chosen exception");
    accepted(console.control.start(planned.id(), "The store booked them by hand"));
    world.awaitFinished(planned);
    assertThat(message(first).status()).isEqualTo(MessageStatus.DISCARDED);
    assertThat(message(second).status()).isEqualTo(MessageStatus.DISCARDED);
    assertThat(message(other).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(message(later).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(world.channel.keys()).isEmpty();

    RecoveryOperation restore =
        accepted(console.discards.planRestore(new Chosen.DiscardedBy(planned.id()), null));
    accepted(console.control.start(restore.id(), "They are needed after all"));
    world.awaitFinished(restore);
    assertThat(message(second).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(
            accepted(console.discards.plan(among(world.exceptionOf(other), 1_999), null))
                .scope()
                .description())
        .isEqualTo("1 failed message of 2,000 chosen exceptions");
    assertThat(console.discards.plan(among(world.exceptionOf(other), 2_000), null))
        .isEqualTo(new OperationAnswer.Invalid("These are 2,001 exceptions: 1 to 2,000 at a time"));
    assertThat(console.discards.plan(new Chosen.OfExceptions(List.of()), null))
        .isEqualTo(new OperationAnswer.Invalid("These are 0 exceptions: 1 to 2,000 at a time"));
  }

  private static Chosen among(Fingerprint exception, int others) {
    return new Chosen.OfExceptions(
        Stream.concat(
                IntStream.range(0, others).mapToObj(i -> new Fingerprint("%016x".formatted(i))),
                Stream.of(exception))
            .toList());
  }

  private static MessageBuilder failing(String code) {
    return Samples.aSale()
        .capturedAt(Instant.now().minusSeconds(600))
        .failingWith(Samples.aFailure().code(code).message("Voucher is expired").build());
  }

  @Test
  void whatIsRestoredStandsAsBeforeAndCanBeRetriedAndDiscardedAgain() {
    MessageId sale = world.aFailedSale();
    TestConsole console = world.console();
    discarded(console, sale);

    RecoveryOperation restored =
        accepted(console.discards.restoreMessage(sale, because("It is needed after all")));
    world.awaitFinished(restored);
    assertThat(world.item(restored, sale).state()).isEqualTo(ItemState.RESTORED);
    assertThat(message(sale).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(console.discards.restoreObjection(sale)).contains("It is not discarded");

    discarded(console, sale);
    assertThat(message(sale).status()).isEqualTo(MessageStatus.DISCARDED);
    RecoveryOperation again =
        accepted(console.discards.restoreMessage(sale, because("It is needed after all")));
    world.awaitFinished(again);
    assertThat(message(sale).status()).isEqualTo(MessageStatus.FAILED);

    world.channel.behave(world::takeAndConfirm);
    RecoveryOperation retry = accepted(console.recovery.retryMessage(sale, because("Try again")));
    world.awaitState(retry, sale, ItemState.CONFIRMED);
    assertThat(message(sale).status()).isEqualTo(MessageStatus.CONFIRMED);
  }

  @Test
  void aDiscardedMessageThatTheTargetConfirmsLaterIsConfirmed() {
    MessageId sale = world.aFailedSale();
    TestConsole console = world.console();
    discarded(console, sale);

    world.report(sale, 1, Stage.CONFIRMED);

    assertThat(message(sale).status()).isEqualTo(MessageStatus.CONFIRMED);
    assertThat(console.discards.restoreObjection(sale)).contains("It is not discarded");
  }

  @Test
  void aListIsPreviewedFirstAndWhatIsBeingRetriedIsLeftAlone() {
    List<MessageId> sales = IntStream.range(0, 3).mapToObj(_ -> world.aFailedSale()).toList();
    TestConsole console = world.console();
    RecoveryOperation retry =
        accepted(console.recovery.retryMessage(sales.getFirst(), because("Try this one")));
    world.awaitState(retry, sales.getFirst(), ItemState.SENT);
    RecoveryOperation plan =
        accepted(
            console.discards.plan(
                new Chosen.OfException(world.exceptionOf(sales.getFirst())), null));

    assertThat(plan.state()).isEqualTo(OperationState.PREVIEWED);
    assertThat(plan.channel()).isEqualTo(RecoveryOperation.NO_CHANNEL);
    assertThat(plan.summary().toSend()).isEqualTo(2);
    assertThat(message(sales.getLast()).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(console.control.start(plan.id(), ""))
        .isEqualTo(new OperationAnswer.Invalid("A reason of 3 to 500 characters is needed"));

    accepted(console.control.start(plan.id(), "Booked by hand"));
    world.awaitFinished(plan);
    assertThat(console.operations.find(plan.id()).orElseThrow().count(ItemState.DISCARDED))
        .isEqualTo(2);
    assertThat(message(sales.getFirst()).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(world.channel.keys()).containsExactly(sales.getFirst() + ":2");
  }

  @Test
  void aFilterChoosesTheMessagesThatMatchItNow() {
    MessageId here = world.failed(Samples.aSale().store("0500").capturedAt(past()));
    MessageId elsewhere = world.failed(Samples.aSale().store("0501").capturedAt(past()));
    TestConsole console = world.console();
    ListFilter filter =
        new ListFilter(null, Set.of("sales-posting"), Set.of("0500"), Set.of(), null, null);

    RecoveryOperation plan =
        accepted(console.discards.plan(new Chosen.Matching(filter), "one-request"));

    assertThat(plan.size()).isOne();
    assertThat(plan.scope().description())
        .isEqualTo("The one message of: workflow sales-posting, store 0500");
    accepted(console.control.start(plan.id(), "Store is closed"));
    world.awaitFinished(plan);
    assertThat(message(here).status()).isEqualTo(MessageStatus.DISCARDED);
    assertThat(message(elsewhere).status()).isEqualTo(MessageStatus.FAILED);
    assertThat(accepted(console.discards.plan(new Chosen.Matching(filter), "one-request")).id())
        .isEqualTo(plan.id());
    assertThat(console.recovery.plan(new Chosen.Matching(filter), "one-request"))
        .isInstanceOf(OperationAnswer.Refused.class);
  }

  @Test
  void noneOfManyGoesFirstWhereNothingIsSent() {
    List<MessageId> sales = Stream.generate(world::aFailedSale).limit(21).toList();
    TestConsole console = world.idleConsole(world.stores.documents());

    assertThat(accepted(console.discards.plan(Chosen.Several.of(sales), null)).summary().canary())
        .isZero();
    assertThat(accepted(console.recovery.planMessages(sales, null)).summary().canary())
        .isEqualTo(5);
  }

  @Test
  void whatAnOperationDiscardedIsRestoredAsAList() {
    List<MessageId> sales = IntStream.range(0, 3).mapToObj(_ -> world.aFailedSale()).toList();
    TestConsole console = world.console();
    RecoveryOperation discard = accepted(console.discards.plan(Chosen.Several.of(sales), null));
    accepted(console.control.start(discard.id(), "Booked by hand"));
    world.awaitFinished(discard);
    world.report(sales.getFirst(), 1, Stage.CONFIRMED);

    RecoveryOperation restore =
        accepted(console.discards.planRestore(new Chosen.DiscardedBy(discard.id()), null));
    accepted(console.control.start(restore.id(), "They were not booked"));
    world.awaitFinished(restore);

    assertThat(sales.stream().map(sale -> message(sale).status()))
        .containsExactly(MessageStatus.CONFIRMED, MessageStatus.FAILED, MessageStatus.FAILED);
    assertThat(world.item(restore, sales.getFirst()).reason()).isEqualTo("It is not discarded");
  }

  @Test
  void theLaterMessageOfATransactionGoesOnWhenTheEarlierOneIsDiscarded() {
    MessageId earlier = world.failed(Samples.aSale().capturedAt(past()).transactionNumber(44L));
    MessageId later =
        world.failed(Samples.aSale().capturedAt(past().plusSeconds(60)).transactionNumber(44L));
    TestConsole console = world.console();
    RecoveryOperation retry =
        accepted(console.recovery.plan(Chosen.Several.of(List.of(earlier, later)), null));
    discarded(console, earlier);
    world.channel.behave(world::takeAndConfirm);

    accepted(console.control.start(retry.id(), "Tax code is there"));
    world.awaitFinished(retry);

    assertThat(world.item(retry, earlier).state()).isEqualTo(ItemState.SKIPPED);
    assertThat(world.item(retry, earlier).reason()).isEqualTo("It was discarded");
    assertThat(world.item(retry, later).state()).isEqualTo(ItemState.CONFIRMED);
  }

  @Test
  void theAuditTrailHasOneEntryForTheOperationAndOneForEachMessage() {
    List<MessageId> sales = IntStream.range(0, 3).mapToObj(_ -> world.aFailedSale()).toList();
    TestConsole console = world.console();
    RecoveryOperation discard = accepted(console.discards.plan(Chosen.Several.of(sales), null));
    accepted(console.control.start(discard.id(), "Booked by hand"));
    world.awaitFinished(discard);

    List<AuditEntry> entries = world.auditTrail();
    assertThat(entries)
        .filteredOn(e -> e.action() == AuditAction.DISCARD)
        .extracting(AuditEntry::subjectId)
        .containsExactlyInAnyOrderElementsOf(sales.stream().map(MessageId::value).toList());
    assertThat(entries)
        .filteredOn(e -> e.action() == AuditAction.DISCARD)
        .allSatisfy(
            e -> {
              assertThat(e.before()).startsWith("Failed, attempt 1 (");
              assertThat(e.after()).isEqualTo("Discarded");
            });
    assertThat(entries)
        .filteredOn(e -> e.action() == AuditAction.START_OPERATION)
        .singleElement()
        .satisfies(e -> assertThat(e.reason()).isEqualTo("Booked by hand"));
  }

  @Test
  void whoMayNotDiscardCannotStartADiscardEither() {
    MessageId sale = world.aFailedSale();
    TestConsole console = world.console();
    RecoveryOperation plan = accepted(console.discards.plan(new Chosen.One(sale), null));

    TestConsole.logIn("support", "ONCALL");

    assertThat(console.control.start(plan.id(), "Booked by hand"))
        .isEqualTo(
            new OperationAnswer.Forbidden(
                "You may not discard messages and restore them: this needs the role"
                    + " Support or Administrator. Yours: On-call."));
  }

  private RecoveryOperation discarded(TestConsole console, MessageId sale) {
    RecoveryOperation operation =
        accepted(console.discards.discardMessage(sale, because("Booked by hand")));
    world.awaitFinished(operation);
    return operation;
  }

  private Message message(MessageId sale) {
    return world.stores.messages().find(sale).orElseThrow().message();
  }

  private static Instant past() {
    return Instant.now().minusSeconds(900);
  }
}
