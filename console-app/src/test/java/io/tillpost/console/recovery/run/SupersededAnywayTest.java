package io.tillpost.console.recovery.run;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.recovery.AnywayWish;
import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.ListFilter;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.recovery.earlier.SkipReasons;
import io.tillpost.console.recovery.edit.Edit;
import io.tillpost.console.recovery.edit.EditRule;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.recovery.SupersededSent;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Old stock counts that somebody sends although a newer one makes them needless. */
@Execution(ExecutionMode.CONCURRENT)
class SupersededAnywayTest {
  private static final RetryRequest ANYWAY =
      RetryRequest.plan(null).withSuperseded(AnywayWish.sendAnyway("The newer count was wrong"));

  private static final String PAYLOAD = "{\"unit\":\"pcs\"}";

  private final RecoveryWorld world = new RecoveryWorld();
  private final TestConsole console = world.console();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void areLeftOutUnlessSomebodySaysWhyTheyGo() {
    MessageId old = world.failed(count(0));
    MessageId newer = confirmed(count(10));
    Chosen chosen = Chosen.Several.of(List.of(old));
    world.channel.behave(world::takeAndConfirm);

    RecoveryOperation left = accepted(console.recovery.plan(chosen, null));
    assertThat(left.summary().skipped()).containsExactly(Map.entry(SkipReasons.BY_A_NEWER_ONE, 1));
    assertThat(left.summary().superseded()).isNull();
    assertThat(
            console.recovery.planAs(
                chosen, RetryRequest.plan(null).withSuperseded(AnywayWish.sendAnyway(" "))))
        .isEqualTo(
            new OperationAnswer.Invalid(
                "To send what a newer message has made needless takes a reason for that, of 3 to 500 characters"));
    RecoveryOperation sent = accepted(console.recovery.planAnew(left.id(), ANYWAY));

    assertThat(sent.summary().toSend()).isOne();
    assertThat(sent.summary().superseded())
        .isEqualTo(new SupersededSent(1, List.of(newer.value()), "The newer count was wrong"));
    assertThat(world.item(sent, old).supersededBy()).isEqualTo(newer.value());
    assertThat(FrozenList.of(new RecoveryRecords(world.stores.documents()), sent.id()).hash())
        .isEqualTo(sent.summary().listHash());
    assertThat(world.channel.keys()).isEmpty();
    accepted(console.control.start(sent.id(), "Set it right"));
    world.awaitState(sent, old, ItemState.CONFIRMED);
    assertThat(world.channel.keys()).containsExactly(old + ":2");
    assertThat(world.auditTrail())
        .filteredOn(entry -> entry.action() == AuditAction.PLAN_OPERATION)
        .extracting(AuditEntry::reason)
        .contains("in spite of newer messages: The newer count was wrong");
    assertThat(world.auditTrail())
        .filteredOn(entry -> entry.action() == AuditAction.RETRY)
        .extracting(AuditEntry::after)
        .containsExactly("Attempt 2, in spite of the newer message " + newer);
  }

  @Test
  void areKeptBackByANewerOneThatGetsThroughLater() {
    MessageId seen = world.failed(count(0));
    MessageId notSeen = world.failed(count(0).key("sku", "B-200"));
    confirmed(count(10));
    MessageBuilder next = count(20);
    MessageBuilder other = count(20).key("sku", "B-200");
    world.write(next.throughStage(Stage.QUEUED));
    world.write(other.throughStage(Stage.QUEUED));
    RecoveryOperation planned =
        accepted(console.recovery.planAs(Chosen.Several.of(List.of(seen, notSeen)), ANYWAY));
    assertThat(planned.summary().superseded().messages()).isOne();
    world.write(List.of(through(next), through(other)));

    accepted(console.control.start(planned.id(), "Set it right"));
    world.awaitFinished(planned);

    for (MessageId id : List.of(seen, notSeen)) {
      assertThat(world.item(planned, id).state()).isEqualTo(ItemState.SKIPPED);
    }
    assertThat(world.item(planned, seen).reason())
        .isEqualTo("Superseded: the newer message " + next.messageId() + " went through");
    assertThat(world.channel.keys()).isEmpty();
  }

  @Test
  void goBeforeTheNewerOneOfTheSameList() {
    MessageId newer = world.failed(count(10));
    MessageId old = world.failed(count(0));
    world.channel.behave(world::takeAndConfirm);

    RecoveryOperation planned =
        accepted(console.recovery.planAs(Chosen.Several.of(List.of(newer, old)), ANYWAY));
    accepted(console.control.start(planned.id(), "Both, in their order"));

    world.awaitFinished(planned);
    assertThat(world.channel.keys()).containsExactly(old + ":2", newer + ":2");
  }

  @Test
  void oneByItselfGoesOnlyWhereThatIsSaidToo() {
    MessageId old = world.failed(count(0));
    MessageId newer = confirmed(count(10));
    RetryRequest request = RecoveryWorld.because("The newer count was wrong");
    world.channel.behave(world::takeAndConfirm);

    assertThat(console.recovery.supersededBy(old)).contains(newer);
    assertThat(console.recovery.supersededBy(newer)).isEmpty();
    RecoveryOperation left = accepted(console.recovery.retryMessage(old, request));
    assertThat(left.summary().toSend()).isZero();
    RecoveryOperation sent =
        accepted(
            console.recovery.retryMessage(
                old, request.withSuperseded(AnywayWish.sendAnyway(null))));

    world.awaitState(sent, old, ItemState.CONFIRMED);
    assertThat(world.auditTrail())
        .filteredOn(entry -> entry.action() == AuditAction.RETRY)
        .extracting(AuditEntry::reason)
        .contains("The newer count was wrong; in spite of newer messages");
  }

  @Test
  void goCorrectedByTheSameRuleWhereThatIsSaidOfAnEdit() {
    MessageId old = world.failed(count(0).payload(PAYLOAD));
    confirmed(count(10));
    MessageId other = world.failed(count(0).key("sku", "B-200").payload(PAYLOAD));
    world.channel.behave(world::takeAndConfirm);
    RecoveryOperation left =
        accepted(
            console.edits.planRule(
                Chosen.Several.of(List.of(old, other)), new EditRule("unit", "pcs", "EA"), null));
    assertThat(left.summary().skipped()).containsExactly(Map.entry(SkipReasons.BY_A_NEWER_ONE, 1));

    RecoveryOperation sent = accepted(console.edits.planAnew(left.id(), ANYWAY));

    assertThat(sent.rule()).isEqualTo(left.rule());
    assertThat(sent.summary().toSend()).isEqualTo(2);
    assertThat(sent.summary().superseded().messages()).isOne();
    accepted(console.control.start(sent.id(), "Set it right"));
    world.awaitFinished(sent);
    assertThat(world.channel.calls())
        .hasSize(2)
        .allSatisfy(
            call -> assertThat(call.json().at("/payload/body").stringValue()).contains("EA"));
    assertThat(console.edits.planAnew("none", ANYWAY))
        .isEqualTo(new OperationAnswer.NotFound("There is no operation none"));
    RecoveryOperation single =
        accepted(
            console.edits.planAs(
                world.failed(count(20).payload(PAYLOAD)),
                new Edit.Fields(Map.of("unit", "EA")),
                RetryRequest.plan(null)));
    assertThat(console.edits.planAnew(single.id(), ANYWAY))
        .isEqualTo(
            new OperationAnswer.Invalid(
                "The correction of one message is planned on its own page"));
  }

  @Test
  void goInAReplayWhereThatIsSaid() {
    MessageId old = world.failed(count(0).payload(PAYLOAD));
    MessageId newer = confirmed(count(10).payload(PAYLOAD));
    ListFilter window =
        new ListFilter(
            null,
            Set.of(),
            Set.of(),
            Set.of(),
            world.captured.minusSeconds(60),
            world.captured.plusSeconds(60));
    world.addChannel("archive");
    TestConsole replaying = world.idleConsole(world.stores.documents());
    RecoveryOperation left = accepted(replaying.replays.plan(window, "archive", null));
    assertThat(left.summary().skipped()).containsExactly(Map.entry(SkipReasons.BY_A_NEWER_ONE, 1));

    RecoveryOperation sent = accepted(replaying.replays.planAnew(left.id(), ANYWAY));

    assertThat(sent.channel()).isEqualTo("archive");
    assertThat(sent.summary().toSend()).isEqualTo(2);
    assertThat(world.item(sent, old).supersededBy()).isEqualTo(newer.value());
    RecoveryOperation retry =
        accepted(console.recovery.plan(Chosen.Several.of(List.of(old)), null));
    assertThat(console.replays.planAnew(retry.id(), ANYWAY))
        .isInstanceOf(OperationAnswer.Invalid.class);
  }

  @Test
  void areDiscardedWithoutAWord() {
    MessageId old = world.failed(count(0));
    confirmed(count(10));

    RecoveryOperation planned =
        accepted(console.discards.plan(Chosen.Several.of(List.of(old)), null));

    assertThat(planned.action()).isEqualTo(RecoveryAction.DISCARD);
    assertThat(planned.summary().toSend()).isOne();
    assertThat(planned.summary().superseded()).isNull();
  }

  private MessageId confirmed(MessageBuilder count) {
    world.write(count.throughStage(Stage.CONFIRMED));
    return count.messageId();
  }

  /** By a clock that is ahead of the time at which the list was frozen. */
  private static MessageEvent through(MessageBuilder count) {
    return count.attempt(1, Instant.now().plusSeconds(5)).event(Stage.CONFIRMED);
  }

  private MessageBuilder count(int seconds) {
    return Samples.aStockUpdate().store("0412").capturedAt(world.captured.plusSeconds(seconds));
  }
}
