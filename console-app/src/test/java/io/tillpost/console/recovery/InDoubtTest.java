package io.tillpost.console.recovery;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.recovery.act.SettleAnswer;
import io.tillpost.console.recovery.edit.Edit;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A message of which nobody knows whether an earlier attempt reached the target. */
@Execution(ExecutionMode.CONCURRENT)
class InDoubtTest {
  private static final RetryRequest ONCE_MORE = because("Once more");
  private static final AnywayWish ANYWAY = AnywayWish.sendAnyway("Not in the ERP's journal");
  private static final Edit EDIT = new Edit.Fields(Map.of("unit", "EA"));

  private final RecoveryWorld world =
      new RecoveryWorld().timeout(Duration.ofMillis(300)).deadline(Duration.ofMillis(600));
  private final TestConsole console = world.console();
  private final MessageId sale =
      world.failed(
          Samples.aSale()
              .transactionNumber(1L)
              .capturedAt(world.captured)
              .payload("{\"unit\":\"pcs\"}"));
  private String first = "";

  @BeforeEach
  void sendAndHearNothing() {
    world.channel.behave(_ -> TestChannel.Answer.of(202));
    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));
    world.awaitState(operation, sale, ItemState.UNCONFIRMED);
    first = operation.id();
    world.channel.behave(world::takeAndConfirm);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void isNotSentUnlessSomebodySaysThatItIsSentAnyway() {
    String why =
        "Nobody knows whether attempt 2 (operation %s) reached the target: another one may post it a second time. Ask the target or look there, and settle it; or send it all the same, with a reason (inDoubt: SEND_ANYWAY)"
            .formatted(first);
    assertThat(console.recovery.doubt(sale)).contains(why);
    assertThat(console.recovery.retryMessage(sale, ONCE_MORE))
        .isEqualTo(new OperationAnswer.Refused(why));
    assertThat(console.edits.plan(sale, EDIT, null)).isEqualTo(new OperationAnswer.Refused(why));
    assertThat(world.channel.keys()).containsExactly(sale + ":2");

    RecoveryOperation again =
        accepted(console.recovery.retryMessage(sale, ONCE_MORE.withInDoubt(ANYWAY)));

    world.awaitState(again, sale, ItemState.CONFIRMED);
    assertThat(world.channel.keys()).containsExactly(sale + ":2", sale + ":3");
    assertThat(world.auditTrail())
        .filteredOn(entry -> entry.action() == AuditAction.RETRY)
        .extracting(AuditEntry::reason)
        .contains(
            "Once more; also if an earlier attempt reached the target: Not in the ERP's journal");
  }

  @Test
  void isSentOnceForEachKeyAndAnotherWishIsAnotherRequest() {
    RetryRequest request = new RetryRequest("Once more", "key-1");
    assertThat(console.recovery.retryMessage(sale, request))
        .as("what was refused has used no key")
        .isInstanceOf(OperationAnswer.Refused.class);
    RecoveryOperation sent =
        accepted(console.recovery.retryMessage(sale, request.withInDoubt(ANYWAY)));

    assertThat(accepted(console.recovery.retryMessage(sale, request.withInDoubt(ANYWAY))).id())
        .isEqualTo(sent.id());
    for (RetryRequest other :
        List.of(
            request,
            request.withInDoubt(AnywayWish.sendAnyway("I looked")),
            request.withInDoubt(ANYWAY).withSuperseded(ANYWAY))) {
      assertThat(console.recovery.retryMessage(sale, other))
          .isInstanceOfSatisfying(
              OperationAnswer.Refused.class,
              refused -> assertThat(refused.reason()).contains("was used for another request"));
    }
    world.awaitState(sent, sale, ItemState.CONFIRMED);
    assertThat(world.channel.keys()).containsExactly(sale + ":2", sale + ":3");
  }

  @Test
  void isCorrectedOnlyWithAReasonForThatToo() {
    RetryRequest plan = RetryRequest.plan(null);

    assertThat(console.edits.planAs(sale, EDIT, plan.withInDoubt(AnywayWish.sendAnyway(" "))))
        .isEqualTo(
            new OperationAnswer.Invalid(
                "To send again what the target may have already takes a reason for that, of 3 to 500 characters"));
    RecoveryOperation edit = accepted(console.edits.planAs(sale, EDIT, plan.withInDoubt(ANYWAY)));
    accepted(console.control.start(edit.id(), "The unit was wrong"));

    world.awaitState(edit, sale, ItemState.CONFIRMED);
    assertThat(world.auditTrail())
        .filteredOn(entry -> entry.action() == AuditAction.PLAN_OPERATION)
        .extracting(AuditEntry::reason)
        .containsExactly("also if an earlier attempt reached the target: Not in the ERP's journal");
  }

  @Test
  void isRetriedLikeAnyOtherOnceSomebodyHasSeenThatItIsNotThere() {
    assertThat(console.settlements.settle(first, sale, false, "Not in the journal"))
        .isInstanceOf(SettleAnswer.Settled.class);

    assertThat(console.recovery.doubt(sale)).isEmpty();
    RecoveryOperation again = accepted(console.recovery.retryMessage(sale, ONCE_MORE));
    world.awaitState(again, sale, ItemState.CONFIRMED);
  }

  @Test
  void goesByItselfAlsoWhereAnEarlierMessageHasFailed() {
    MessageId earlier =
        world.failed(
            Samples.aSale().transactionNumber(1L).capturedAt(world.captured.minusSeconds(5)));

    assertThat(
            console.recovery.retryMessage(
                sale, ONCE_MORE.withInDoubt(ANYWAY).with(EarlierWish.INCLUDE)))
        .isEqualTo(
            new OperationAnswer.Refused(
                "What is in doubt goes by itself only: retry the earlier ones first, then this one"));
    world.report(earlier, 1, Stage.CONFIRMED);
    RecoveryOperation alone =
        accepted(
            console.recovery.retryMessage(
                sale, ONCE_MORE.withInDoubt(ANYWAY).with(EarlierWish.INCLUDE)));
    world.awaitState(alone, sale, ItemState.CONFIRMED);
  }

  @Test
  void staysSoWhereItIsDiscardedAndThatIsTakenBack() {
    RecoveryOperation discard =
        accepted(console.discards.discardMessage(sale, because("Booked by hand")));
    world.awaitState(discard, sale, ItemState.DISCARDED);
    world.awaitFinished(
        accepted(console.discards.restoreMessage(sale, because("It was another one"))));

    assertThat(console.recovery.retryMessage(sale, ONCE_MORE))
        .isInstanceOfSatisfying(
            OperationAnswer.Refused.class,
            refused -> assertThat(refused.reason()).startsWith("Nobody knows whether attempt 2"));
    assertThat(world.channel.keys()).containsExactly(sale + ":2");
  }
}
