package io.tillpost.console.recovery.edit;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.FourEyesProperties;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.TestChannel;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.recovery.list.PlanSize;
import io.tillpost.console.recovery.operation.OperationsTest;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.StoreScope;
import io.tillpost.console.security.TestLogin;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.FieldChange;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.testing.Samples;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An edit by rule is taken up again as a whole, with another rule. */
@Execution(ExecutionMode.CONCURRENT)
class RuleAgainTest {
  private static final String SALE = "{\"unit\":\"pcs\",\"taxCode\":\"A1\"}";
  private static final EditRule RULE = new EditRule("unit", "pcs", "EA");
  private static final EditRule OTHER = new EditRule("unit", null, "PCE");
  private static final RetryRequest REQUEST = RetryRequest.plan(null).because("The unit was wrong");

  private final RecoveryWorld world = new RecoveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void ofAPreviewAllMessagesArePlannedAnewAndThePreviewIsCancelledForTheOther() {
    MessageId sale = sale(SALE);
    MessageId without = sale("{\"unit\":\"kg\"}");
    TestConsole console = world.console();
    world.channel.behave(world::takeAndConfirm);
    RecoveryOperation edit = rule(console, sale, without);
    assertThat(edit.summary().toSend()).isOne();
    assertThat(console.rules.objection(edit)).isEmpty();
    assertThat(console.rules.of(edit)).contains(RULE);

    RecoveryOperation again = accepted(console.rules.plan(edit.id(), OTHER, REQUEST));

    assertThat(again.state()).isEqualTo(OperationState.PREVIEWED);
    assertThat(again.scope().description()).isEqualTo("Edited again: 2 chosen messages");
    assertThat(again.reason()).isEqualTo("The unit was wrong");
    assertThat(console.rules.of(again)).contains(OTHER);
    assertThat(again.summary().toSend()).as("also what the first rule left out").isEqualTo(2);
    assertThat(changes(console, again))
        .containsExactlyInAnyOrder(
            new FieldChange("unit", "pcs", "PCE"), new FieldChange("unit", "kg", "PCE"));
    RecoveryOperation before = world.awaitState(edit, OperationState.CANCELLED);
    assertThat(before.history())
        .filteredOn(step -> step.state() == OperationState.CANCELLING)
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.actor()).isEqualTo("support");
              assertThat(step.why())
                  .isEqualTo("Edited again: operation " + again.id() + " is in its place");
            });
    assertThat(world.auditTrail())
        .filteredOn(entry -> entry.action() == AuditAction.CANCEL_OPERATION)
        .extracting(AuditEntry::subjectId)
        .containsExactly(edit.id());

    RecoveryOperation third = accepted(console.rules.plan(again.id(), RULE, REQUEST));
    assertThat(third.scope().description()).isEqualTo("Edited again: 2 chosen messages");
    assertThat(third.summary().messages()).isEqualTo(2);
    assertThat(world.channel.keys()).isEmpty();
    accepted(console.control.start(third.id(), "The unit was wrong"));
    world.awaitFinished(third);
    assertThat(world.channel.keys()).containsExactly(sale + ":2");
  }

  @Test
  void ofWhatHasEndedOnlyWhatDidNotGetThroughIsPlannedAnewInThePayloadsAsTheyAreNow() {
    MessageId refused = sale(SALE);
    MessageId without = sale("{\"unit\":\"kg\"}");
    MessageId done = sale(SALE);
    TestConsole console = world.console();
    world.channel.behave(
        call ->
            call.key().startsWith(done.value() + ":")
                ? world.takeAndConfirm(call)
                : TestChannel.Answer.problem(422, "No such unit"));
    RecoveryOperation edit = rule(console, refused, without, done);
    start(console, edit);
    world.awaitFinished(edit);

    RecoveryOperation again = accepted(console.rules.plan(edit.id(), OTHER, REQUEST));

    assertThat(again.summary().messages()).isEqualTo(2);
    assertThat(changes(console, again))
        .as("what went out was EA")
        .containsExactlyInAnyOrder(
            new FieldChange("unit", "EA", "PCE"), new FieldChange("unit", "kg", "PCE"));
    assertThat(world.now(edit).state())
        .as("what has ended stays")
        .isEqualTo(OperationState.FINISHED);
    world.channel.behave(world::takeAndConfirm);
    start(console, again);
    world.awaitFinished(again);
    assertThat(world.channel.keys()).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void oneThatWasDeclinedIsTakenUpAsAWholeAndOneThatWaitsOrRunsIsNot() {
    world.pace(OperationsTest.withFourEyes(new FourEyesProperties(100, Map.of(), true, true)));
    MessageId sale = sale(SALE);
    MessageId without = sale("{\"unit\":\"kg\"}");
    TestConsole console = world.console();
    world.channel.behave(_ -> TestChannel.Answer.of(202));
    RecoveryOperation edit = rule(console, sale, without);
    start(console, edit);
    assertThat(console.rules.plan(edit.id(), OTHER, REQUEST))
        .isEqualTo(
            new OperationAnswer.Refused(
                "It waits for approval: cancel it or have it declined first"));
    TestConsole.logIn("manager", "MANAGER");
    accepted(console.control.decline(edit.id(), "PCE is the unit"));
    world.awaitState(edit, OperationState.CANCELLED);
    TestConsole.logIn("support", "SUPPORT");

    RecoveryOperation again = accepted(console.rules.plan(edit.id(), OTHER, REQUEST));

    assertThat(again.summary().toSend()).isEqualTo(2);
    RecoveryOperation waiting = start(console, again);
    TestConsole.logIn("manager", "MANAGER");
    accepted(console.control.approve(again.id(), waiting.summary().listHash()));
    TestConsole.logIn("support", "SUPPORT");
    assertThat(console.rules.plan(again.id(), RULE, REQUEST))
        .isEqualTo(new OperationAnswer.Refused("The operation has not come to its end yet"));
    console.control.replace(again.id(), "another");
    assertThat(world.now(again).history())
        .as("what was started is not cancelled")
        .noneMatch(step -> step.state() == OperationState.CANCELLING);
  }

  @Test
  void theSameRequestIsTheSameOperationAlsoWhenTheFirstIsCancelledByThen() {
    MessageId sale = sale(SALE);
    TestConsole console = world.console();
    RecoveryOperation edit = rule(console, sale);
    RetryRequest once = RetryRequest.plan("once");
    RecoveryOperation again = accepted(console.rules.plan(edit.id(), OTHER, once));
    world.awaitState(edit, OperationState.CANCELLED);

    assertThat(accepted(console.rules.plan(edit.id(), OTHER, once)).id()).isEqualTo(again.id());
    assertThat(console.rules.plan(edit.id(), RULE, once))
        .isInstanceOfSatisfying(
            OperationAnswer.Refused.class,
            refused -> assertThat(refused.reason()).contains("was used for another request"));
    assertThat(world.now(again).state()).isEqualTo(OperationState.PREVIEWED);
  }

  @Test
  void aPreviewThatACrashLeftBesideTheOtherIsCancelledByTheSameRequest() {
    MessageId sale = sale(SALE);
    TestConsole console = world.console();
    RecoveryOperation edit = rule(console, sale);
    RetryRequest once = RetryRequest.plan("once");
    RecoveryOperation again =
        accepted(console.edits.planRuleAs(new Chosen.AgainOf(edit.id()), OTHER, once));
    assertThat(world.now(edit).state()).isEqualTo(OperationState.PREVIEWED);

    assertThat(accepted(console.rules.plan(edit.id(), OTHER, once)).id()).isEqualTo(again.id());

    world.awaitState(edit, OperationState.CANCELLED);
  }

  @Test
  void aLongListIsReadLaterThoughItsPreviewIsBeingCancelledByThen() {
    Deque<Runnable> background = new ArrayDeque<>();
    TestConsole console =
        world.idleConsole(world.stores.documents(), new PlanSize(100, 2, 2), background::add);
    RecoveryOperation edit = rule(console, sale(SALE), sale(SALE), sale("{\"unit\":\"kg\"}"));
    background.remove().run();
    assertThat(world.now(edit).state()).isEqualTo(OperationState.PREVIEWED);

    RecoveryOperation again = accepted(console.rules.plan(edit.id(), OTHER, REQUEST));

    assertThat(again.state()).isEqualTo(OperationState.PLANNED);
    assertThat(console.rules.plan(again.id(), RULE, REQUEST))
        .isEqualTo(new OperationAnswer.Refused("Its list is still being prepared"));
    assertThat(world.now(edit).state()).isEqualTo(OperationState.CANCELLING);
    background.remove().run();
    assertThat(world.now(again).state()).isEqualTo(OperationState.PREVIEWED);
    assertThat(world.now(again).summary().toSend()).isEqualTo(3);
  }

  @Test
  void whoTakesItUpMayEditNoMoreThanAtTheFirstTimeAndThePreviewOfAnotherStays() {
    MessageId sale = sale(SALE);
    TestConsole console = world.console();
    TestConsole.logIn("admin", "ADMIN");
    EditRule tax = new EditRule("taxCode", null, "A2");
    RecoveryOperation edit =
        accepted(console.edits.planRule(Chosen.Several.of(List.of(sale)), tax, null));
    TestConsole.logIn("support", "SUPPORT");

    assertThat(console.rules.plan(edit.id(), tax, REQUEST))
        .isInstanceOfSatisfying(
            OperationAnswer.Invalid.class,
            invalid -> assertThat(invalid.reason()).startsWith("Locked: fields about"));
    assertThat(console.rules.plan(edit.id(), new EditRule("amount", null, "1"), REQUEST))
        .isInstanceOf(OperationAnswer.Invalid.class);
    assertThat(console.rules.plan(edit.id(), new EditRule("unit", null, ""), REQUEST))
        .isInstanceOf(OperationAnswer.Invalid.class);
    RecoveryOperation again = accepted(console.rules.plan(edit.id(), OTHER, REQUEST));

    assertThat(again.requestedBy()).isEqualTo("support");
    assertThat(world.now(edit)).as("somebody else's").isEqualTo(edit);
    assertThat(world.auditTrail())
        .noneMatch(entry -> entry.action() == AuditAction.CANCEL_OPERATION);
  }

  @Test
  void whoIsBoundToStoresTakesUpTheirOwnMessagesAndIsToldNoRuleOfOthers() {
    MessageId cork =
        world.failed(Samples.aSale().store("0412").capturedAt(world.captured).payload(SALE));
    MessageId galway =
        world.failed(Samples.aSale().store("0413").capturedAt(world.captured).payload(SALE));
    TestConsole console = world.console();
    TestLogin.as("support", Role.SUPPORT, StoreScope.ALL);
    RecoveryOperation edit = rule(console, cork, galway);

    TestLogin.as("cork", Role.SUPPORT, TestLogin.only("0412"));
    assertThat(console.rules.of(edit)).contains(RULE);
    assertThat(console.operations.ruleOf(edit)).isEqualTo(RULE.kept());
    RecoveryOperation again = accepted(console.rules.plan(edit.id(), OTHER, REQUEST));
    assertThat(again.summary().toSend()).isOne();
    assertThat(again.summary().skipped()).containsExactly(entry("Not one of your stores", 1));
    assertThat(world.now(edit)).isEqualTo(edit);

    TestLogin.as("limerick", Role.SUPPORT, TestLogin.only("0414"));
    assertThat(console.rules.of(edit)).isEmpty();
    assertThat(console.operations.ruleOf(edit)).isNull();
    assertThat(console.rules.objection(edit))
        .contains("None of its messages is of your stores: you work for the store 0414.");
  }

  @Test
  void whereThereIsNoRuleItSaysSo() {
    MessageId sale = sale(SALE);
    TestConsole console = world.console();
    TestLogin.as("support", Role.SUPPORT, StoreScope.ALL);
    RecoveryOperation edit =
        accepted(console.edits.plan(sale, new Edit.Fields(Map.of("unit", "EA")), null));

    assertThat(console.rules.plan(edit.id(), OTHER, REQUEST))
        .isInstanceOf(OperationAnswer.Invalid.class);
    assertThat(console.rules.plan("none", OTHER, REQUEST))
        .isEqualTo(new OperationAnswer.NotFound("There is no operation none"));
    assertThat(console.rules.of(edit)).isEmpty();
    assertThat(console.rules.objection(edit).orElseThrow()).startsWith("It keeps no rule");
  }

  private static RecoveryOperation rule(TestConsole console, MessageId... sales) {
    return accepted(console.edits.planRule(Chosen.Several.of(List.of(sales)), RULE, null));
  }

  private static RecoveryOperation start(TestConsole console, RecoveryOperation operation) {
    return accepted(console.control.start(operation.id(), "The unit was wrong"));
  }

  private static List<FieldChange> changes(TestConsole console, RecoveryOperation operation) {
    return console.operations.differences(operation.id(), 10, null).items().stream()
        .flatMap(message -> message.changes().stream())
        .toList();
  }

  private MessageId sale(String payload) {
    return world.failed(
        Samples.aSale().capturedAt(Instant.now().minusSeconds(600)).payload(payload));
  }
}
