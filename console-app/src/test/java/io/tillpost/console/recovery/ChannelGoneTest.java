package io.tillpost.console.recovery;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Operations whose channel was taken out of the configuration when the console started again. */
@Execution(ExecutionMode.CONCURRENT)
class ChannelGoneTest {
  private final RecoveryWorld world = new RecoveryWorld();
  private final RecoveryRecords records = new RecoveryRecords(world.stores.documents());
  private final MessageId sent = world.sale(1, 0);
  private final MessageId behind = world.sale(1, 1);
  private final MessageId inDoubt = world.sale(2, 2);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whatWasSentIsFollowedAndWhatWasNotIsLetGoOfWhenItIsCancelled() {
    world.channel.behave(
        call ->
            call.key().equals(inDoubt + ":2")
                ? TestChannel.Answer.hangUp()
                : TestChannel.Answer.of(202));
    TestConsole before = world.console();
    RecoveryOperation operation = started(before);
    world.awaitState(operation, sent, ItemState.SENT);
    world.awaitState(operation, inDoubt, ItemState.CLAIMED);
    before.close();
    int requests = world.channel.keys().size();

    world.takeChannelAway();
    TestConsole second = world.console();
    world.report(inDoubt, 2, Stage.CONFIRMED);
    world.awaitState(operation, inDoubt, ItemState.CONFIRMED);
    // It may have paused by itself, for the answers that did not come.
    assertThat(world.now(operation).state()).isIn(OperationState.RUNNING, OperationState.PAUSED);
    assertThat(world.item(operation, behind).state()).isEqualTo(ItemState.PLANNED);

    accepted(second.control.cancel(operation.id(), "There is another middleware now"));
    world.awaitState(operation, behind, ItemState.SKIPPED);
    second.close();
    assertThat(world.now(operation).state()).isEqualTo(OperationState.CANCELLING);
    assertThat(world.item(operation, sent).state()).isEqualTo(ItemState.SENT);
    assertThat(world.item(operation, behind).reason()).isEqualTo("Cancelled by support");

    world.console();
    world.report(sent, 2, Stage.CONFIRMED);
    world.awaitState(operation, OperationState.CANCELLED);
    assertThat(world.item(operation, sent).state()).isEqualTo(ItemState.CONFIRMED);
    assertThat(world.channel.keys()).hasSize(requests);
  }

  @Test
  void whatNobodyConfirmsInTimeIsUnconfirmedAlsoWhereAConsoleDiedWhileItWasSent() {
    RecoveryOperation operation = started(world.idleConsole(world.stores.documents()));
    Instant now = Instant.now();
    ItemEvent request = new ItemEvent.DispatchStarted("killed", now, now.plusMillis(10), "trace");
    apply(operation, sent, request);
    apply(operation, sent, new ItemEvent.Taken(now.plusMillis(10)));
    apply(operation, inDoubt, request);
    world.takeChannelAway();

    accepted(world.console().control.cancel(operation.id(), "There is another middleware now"));

    world.awaitState(operation, OperationState.CANCELLED);
    assertThat(world.item(operation, sent).reason())
        .isEqualTo("Sent, but neither confirmed nor failed in time");
    assertThat(world.item(operation, inDoubt).state()).isEqualTo(ItemState.UNCONFIRMED);
    assertThat(world.item(operation, behind).state()).isEqualTo(ItemState.SKIPPED);
    assertThat(world.channel.keys()).isEmpty();
  }

  @Test
  void itComesToItsEndByItselfWhereAllOfItWasSent() {
    RecoveryOperation operation = started(world.idleConsole(world.stores.documents()));
    Instant now = Instant.now();
    List.of(sent, behind, inDoubt)
        .forEach(
            sale -> {
              apply(
                  operation,
                  sale,
                  new ItemEvent.DispatchStarted("killed", now, now.plusSeconds(600), "trace"));
              world.report(sale, 2, Stage.CONFIRMED);
            });
    world.takeChannelAway();

    world.console();

    world.awaitFinished(operation);
    assertThat(world.channel.keys()).isEmpty();
  }

  private RecoveryOperation started(TestConsole console) {
    RecoveryOperation plan =
        accepted(console.recovery.planMessages(List.of(sent, behind, inDoubt), null));
    return accepted(console.control.start(plan.id(), "Tax code is there now"));
  }

  private void apply(RecoveryOperation operation, MessageId sale, ItemEvent event) {
    Versioned<RecoveryItem> item =
        records.items().get(RecoveryItem.id(operation.id(), sale.value())).orElseThrow();
    var _ = records.apply(item, event, Instant.now());
  }
}
