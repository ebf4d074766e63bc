package io.tillpost.console.recovery;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.recovery.act.SettleAnswer;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A person who has looked into the target says whether a message is there. */
@Execution(ExecutionMode.CONCURRENT)
class SettlementsTest {
  private final RecoveryWorld world = new RecoveryWorld();
  private final TestConsole console = world.idleConsole(world.stores.documents());
  private final MessageId sale = world.aFailedSale();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whatIsInTheTargetIsAlreadyDoneAndToldOnceHoweverOftenItIsSaid() {
    unconfirmed();

    SettleAnswer answer = settle(true, " ERP document 4711 ");

    assertThat(answer).isEqualTo(new SettleAnswer.Settled(item()));
    assertThat(item().state()).isEqualTo(ItemState.ALREADY_DONE);
    assertThat(item().reason()).isEqualTo("It is in the target, says support: ERP document 4711");
    assertThat(settle(true, "ERP document 4711")).isEqualTo(answer);
    assertThat(settle(false, "It is not there"))
        .isEqualTo(
            new SettleAnswer.Refused(
                "It is not unconfirmed but already done: It is in the target, says support: ERP document 4711"));
    assertThat(item()).isEqualTo(((SettleAnswer.Settled) answer).item());
    List<AuditEntry> trail =
        world.auditTrail().stream().filter(e -> e.action() == AuditAction.SETTLE).toList();
    assertThat(trail).hasSize(1);
    assertThat(trail.getFirst().actor()).isEqualTo("support");
    assertThat(trail.getFirst().subjectId()).isEqualTo(sale.value());
    assertThat(trail.getFirst().before()).isEqualTo("Unconfirmed attempt 2");
    assertThat(trail.getFirst().after()).isEqualTo("Already done");
    assertThat(trail.getFirst().reason()).isEqualTo("ERP document 4711");
  }

  @Test
  void whatIsInTheTargetIsNotRetriedAndCanBeDiscarded() {
    try (RecoveryWorld running = new RecoveryWorld()) {
      running.timeout(Duration.ofMillis(300)).deadline(Duration.ofMillis(600));
      TestConsole runs = running.console();
      MessageId posted = running.aFailedSale();
      running.channel.behave(_ -> TestChannel.Answer.of(202));
      RecoveryOperation first = accepted(runs.recovery.retryMessage(posted, because("Try again")));
      running.awaitState(first, posted, ItemState.UNCONFIRMED);
      runs.settlements.settle(first.id(), posted, true, "ERP document 4711");

      assertThat(runs.recovery.retryMessage(posted, because("Once more")))
          .isEqualTo(
              new OperationAnswer.Refused("The target has it already, by attempt 2 of support"));
      RecoveryOperation list =
          accepted(runs.discards.plan(Chosen.Several.of(List.of(posted)), null));
      assertThat(list.summary().toSend()).isOne();
      running.awaitFinished(
          accepted(runs.discards.discardMessage(posted, because("ERP document 4711"))));
      assertThat(running.stores.messages().find(posted).orElseThrow().message().status())
          .isEqualTo(MessageStatus.DISCARDED);
    }
  }

  @Test
  void whatIsNotThereHasFailedAndMayBeRetriedInAListAgain() {
    try (RecoveryWorld running = new RecoveryWorld()) {
      running.timeout(Duration.ofMillis(300)).deadline(Duration.ofMillis(600));
      TestConsole runs = running.console();
      MessageId lost = running.aFailedSale();
      running.channel.behave(_ -> TestChannel.Answer.of(202));
      RecoveryOperation first = accepted(runs.recovery.retryMessage(lost, because("Try again")));
      running.awaitState(first, lost, ItemState.UNCONFIRMED);

      assertThat(runs.settlements.settle(first.id(), lost, false, "No document in the ERP"))
          .isInstanceOf(SettleAnswer.Settled.class);

      RecoveryItem failed = running.item(first, lost);
      assertThat(failed.state()).isEqualTo(ItemState.FAILED);
      assertThat(failed.reason())
          .isEqualTo("It is not in the target, says support: No document in the ERP");
      assertThat(running.channel.keys()).as("nothing is sent by it").containsExactly(lost + ":2");
      running.channel.behave(running::takeAndConfirm);
      RecoveryOperation again = accepted(runs.recovery.planMessages(List.of(lost), null));
      accepted(runs.control.start(again.id(), "It is not there"));
      running.awaitState(again, lost, ItemState.CONFIRMED);
      assertThat(running.channel.keys()).containsExactly(lost + ":2", lost + ":3");
    }
  }

  @Test
  void aConfirmationThatComesMeanwhileWins() {
    unconfirmed();
    world.report(sale, 2, Stage.CONFIRMED);

    assertThat(settle(false, "I did not see it"))
        .isEqualTo(
            new SettleAnswer.Refused(
                "It is not unconfirmed but confirmed: Attempt 2 is confirmed"));
    assertThat(item().state()).isEqualTo(ItemState.CONFIRMED);
    assertThat(world.auditTrail()).isEmpty();
  }

  @Test
  void withoutAWordOrAReasonOrAnItemNothingChanges() {
    unconfirmed();

    assertThat(settle(true, " x "))
        .isEqualTo(new SettleAnswer.Invalid("A reason of 3 to 500 characters is needed"));
    assertThat(settle(true, "x".repeat(501))).isInstanceOf(SettleAnswer.Invalid.class);
    assertThat(console.settlements.settle("o-1", sale, null, "Looked"))
        .isEqualTo(new SettleAnswer.Invalid("Say whether it was found: true or false"));
    assertThat(console.settlements.settle("none", sale, true, "Looked"))
        .isEqualTo(
            new SettleAnswer.NotFound("There is no message " + sale + " in an operation none"));
    assertThat(item().state()).isEqualTo(ItemState.UNCONFIRMED);
  }

  @Test
  void whatIsOnItsWayIsLeftAlone() {
    RecoveryOperation planned = accepted(console.recovery.planMessages(List.of(sale), null));

    assertThat(console.settlements.settle(planned.id(), sale, true, "It is there"))
        .isEqualTo(new SettleAnswer.Refused("It is not unconfirmed but planned."));
  }

  private SettleAnswer settle(boolean found, String reason) {
    return console.settlements.settle("o-1", sale, found, reason);
  }

  private void unconfirmed() {
    RecoveryWorld.unconfirmed(
        world.stores.documents(),
        RecoveryWorld.planned(sale.value(), "erp", "0412"),
        Instant.now());
  }

  private RecoveryItem item() {
    return new RecoveryRecords(world.stores.documents())
        .item(RecoveryItem.id("o-1", sale.value()))
        .orElseThrow();
  }
}
