package io.tillpost.console.recovery;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tillpost.console.recovery.edit.Edit;
import io.tillpost.console.recovery.edit.EditAndRetry;
import io.tillpost.console.recovery.edit.EditRule;
import io.tillpost.console.recovery.operation.OperationsTest;
import io.tillpost.console.schema.PayloadSchemas;
import io.tillpost.console.schema.SchemaFile;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.TestLogin;
import io.tillpost.message.ImpactKind;
import io.tillpost.message.MessageId;
import io.tillpost.message.Objective;
import io.tillpost.message.Stage;
import io.tillpost.message.Workflow;
import io.tillpost.message.Workflows;
import io.tillpost.recovery.FieldChange;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What an edit or a replay did not bring to its end is corrected or replayed again. */
@Execution(ExecutionMode.CONCURRENT)
class RestTest {
  private static final String SALE = "{\"unit\":\"pcs\",\"taxCode\":\"A1\"}";
  private static final EditRule RULE = new EditRule("unit", "pcs", "EA");
  private static final FieldChange CHANGE = new FieldChange("unit", "pcs", "EA");

  private static final Workflow WORKFLOW =
      new Workflow(
          "sales-posting", "Sales", ImpactKind.OTHER, new Objective(Duration.ofMinutes(5), 99));

  private final RecoveryWorld world = new RecoveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theRestOfARuleIsCorrectedAsItWasAndByTheRuleWhereItHadNoCorrection() {
    MessageId refused = sale(SALE);
    MessageId recordedSince = sale(SALE);
    MessageId without = sale("{\"unit\":\"kg\"}");
    MessageId done = sale(SALE);
    TestConsole console = world.console();
    world.channel.behave(
        call ->
            call.key().startsWith(done.value() + ":")
                ? world.takeAndConfirm(call)
                : TestChannel.Answer.problem(422, "No such article"));
    RecoveryOperation edit = rule(console, refused, recordedSince, without, done);
    start(console, edit);
    world.awaitFinished(edit);
    recorded(recordedSince, 3, "{\"unit\":\"pcs\",\"box\":1}");

    RecoveryOperation rest = rest(console, edit);

    assertThat(rest.action()).isEqualTo(RecoveryAction.EDIT_AND_RETRY);
    assertThat(rest.state()).isEqualTo(OperationState.PREVIEWED);
    assertThat(rest.summary().messages()).isEqualTo(3);
    assertThat(rest.summary().skipped())
        .containsExactly(entry("It has no field unit with that value", 1));
    assertThat(console.operations.differences(rest.id(), 10, null).items())
        .hasSize(2)
        .allSatisfy(message -> assertThat(message.changes()).containsExactly(CHANGE));
    world.channel.behave(world::takeAndConfirm);
    start(console, rest);
    world.awaitFinished(rest);
    assertThat(sent(refused + ":3")).contains("\"EA\"", "\"A1\"").doesNotContain("pcs");
    assertThat(sent(recordedSince + ":4")).contains("\"box\"", "\"EA\"");
    assertThat(world.channel.keys()).hasSize(5).doesNotHaveDuplicates();
    assertThat(rest(console, rest).summary().toSend()).as("nothing is left").isZero();
  }

  @Test
  void whatWasCancelledBeforeItWentOutIsCorrectedToo() {
    MessageId sale = sale(SALE);
    TestConsole console = world.console();
    RecoveryOperation edit = rule(console, sale);
    assertThat(console.edits.planRest(edit.id(), null))
        .isEqualTo(new OperationAnswer.Refused("The operation has not come to its end yet"));
    accepted(console.control.cancel(edit.id(), "Not now"));
    world.awaitState(edit, OperationState.CANCELLED);

    RecoveryOperation rest = rest(console, edit);

    assertThat(rest.summary().toSend()).isOne();
    assertThat(console.operations.differences(rest.id(), 10, null).items())
        .singleElement()
        .satisfies(message -> assertThat(message.changes()).containsExactly(CHANGE));
  }

  @Test
  void theCorrectionOfOneMessageIsKeptUnlessItsPayloadIsNewer() {
    MessageId sale = sale(SALE);
    world.channel.behave(_ -> TestChannel.Answer.problem(422, "No such article"));
    TestConsole console = world.console();
    RecoveryOperation edit =
        accepted(console.edits.plan(sale, new Edit.Fields(Map.of("unit", "EA")), null));
    start(console, edit);
    world.awaitFinished(edit);

    RecoveryOperation rest = rest(console, edit);
    assertThat(console.operations.differences(rest.id(), 10, null).items())
        .singleElement()
        .satisfies(message -> assertThat(message.changes()).containsExactly(CHANGE));
    assertThat(accepted(console.edits.planRest(edit.id(), "once")).id())
        .isEqualTo(accepted(console.edits.planRest(edit.id(), "once")).id());

    RecoveryOperation another =
        accepted(console.edits.plan(sale, new Edit.Fields(Map.of("unit", "KG")), null));
    start(console, another);
    world.awaitFinished(another);
    assertThat(rest(console, edit).summary().skipped())
        .containsExactly(
            entry("Its payload was corrected or recorded again since; correct it by itself", 1));
    assertThat(rest(console, another).summary().toSend()).isOne();
  }

  @Test
  void whoMayNotEditAFieldDoesNotSendItsCorrectionAgain() {
    MessageId sale = sale(SALE);
    TestConsole console = world.console();
    TestConsole.logIn("admin", "ADMIN");
    RecoveryOperation edit =
        accepted(console.edits.plan(sale, new Edit.Fields(Map.of("taxCode", "A2")), null));
    accepted(console.control.cancel(edit.id(), "Not now"));
    world.awaitState(edit, OperationState.CANCELLED);
    assertThat(rest(console, edit).summary().toSend()).isOne();

    TestConsole.logIn("support", "SUPPORT");
    RecoveryOperation rest = rest(console, edit);

    assertThat(rest.summary().toSend()).isZero();
    assertThat(world.item(rest, sale).reason()).startsWith("Locked: fields about");
    TestLogin.as("cork", Role.SUPPORT, TestLogin.only("none"));
    assertThat(rest(console, edit).summary().skipped())
        .containsExactly(entry("Not one of your stores", 1));
  }

  @Test
  void whatBreaksTheSchemaByNowIsNotSentAgain(@TempDir Path directory) throws IOException {
    MessageId sale = sale(SALE);
    TestConsole console = world.console();
    RecoveryOperation edit =
        accepted(console.edits.plan(sale, new Edit.Fields(Map.of("unit", "EA")), null));
    accepted(console.control.cancel(edit.id(), "Not now"));
    world.awaitState(edit, OperationState.CANCELLED);

    RecoveryOperation rest =
        accepted(
            withSchema(console, directory, "{\"enum\":[\"pcs\",\"PCE\"]}")
                .planRest(edit.id(), null));
    assertThat(rest.summary().toSend()).isZero();
    assertThat(world.item(rest, sale).reason()).contains("new.json").doesNotContain("EA");

    RecoveryOperation before =
        accepted(withSchema(console, directory, "{\"enum\":[\"PCE\"]}").planRest(edit.id(), null));
    assertThat(before.summary().toSend()).as("the original breaks it there as well").isOne();
  }

  private EditAndRetry withSchema(TestConsole console, Path directory, String unit)
      throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("new.json"), "{\"properties\":{\"unit\":%s}}".formatted(unit));
    return new EditAndRetry(
        console.records,
        console.planning,
        world.stores.messages(),
        RecoveryWorld.FAST.edit(),
        PayloadSchemas.read(
            List.of(new SchemaFile("sales-posting", null, file)), Workflows.of(List.of(WORKFLOW))),
        new CurrentOperator());
  }

  @Test
  void theRestOfAReplayIsReplayedThroughItsChannel() {
    MessageId sale = sale(SALE);
    MessageId done = sale(SALE);
    world.report(done, 1, Stage.CONFIRMED);
    world.channel.behave(
        call ->
            call.key().startsWith(sale.value() + ":")
                ? TestChannel.Answer.problem(422, "No such article")
                : world.takeAndConfirm(call));
    TestConsole.logIn("admin", "ADMIN");
    TestConsole console = world.console();
    RecoveryOperation replay =
        accepted(
            console.replays.plan(
                new ListFilter(
                    null,
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Instant.now().minusSeconds(3_600),
                    Instant.now()),
                "middleware",
                null));
    start(console, replay);
    world.awaitFinished(replay);
    assertThat(console.recovery.planRest(replay.id(), null))
        .isInstanceOf(OperationAnswer.Refused.class);

    RecoveryOperation rest = accepted(console.replays.planRest(replay.id(), null));

    assertThat(rest.action()).isEqualTo(RecoveryAction.REPLAY);
    assertThat(rest.channel()).isEqualTo("middleware");
    assertThat(rest.summary().messages()).isOne();
    world.channel.behave(world::takeAndConfirm);
    start(console, rest);
    world.awaitFinished(rest);
    assertThat(world.item(rest, sale).state()).isEqualTo(ItemState.CONFIRMED);
    assertThat(world.channel.calls().getLast().json().get("action").stringValue())
        .isEqualTo("REPLAY");
    assertThat(world.channel.keys()).hasSize(3).doesNotHaveDuplicates();

    assertThat(console.edits.planRest(replay.id(), null))
        .isInstanceOf(OperationAnswer.Invalid.class);
    assertThat(console.replays.planRest("none", null))
        .isEqualTo(new OperationAnswer.NotFound("There is no operation none"));
  }

  @Test
  void aSecondPersonApprovesTheRestAsTheFirst() {
    world.pace(OperationsTest.withFourEyes(new FourEyesProperties(100, Map.of(), true, true)));
    MessageId sale = sale(SALE);
    TestConsole console = world.console();
    RecoveryOperation edit = rule(console, sale);
    accepted(console.control.cancel(edit.id(), "Not now"));
    world.awaitState(edit, OperationState.CANCELLED);

    RecoveryOperation rest = start(console, rest(console, edit));

    assertThat(rest.state()).isEqualTo(OperationState.AWAITING_APPROVAL);
    assertThat(world.channel.keys()).isEmpty();
  }

  private static RecoveryOperation rule(TestConsole console, MessageId... sales) {
    return accepted(console.edits.planRule(Chosen.Several.of(List.of(sales)), RULE, null));
  }

  private static RecoveryOperation start(TestConsole console, RecoveryOperation operation) {
    return accepted(console.control.start(operation.id(), "The unit was wrong"));
  }

  private static RecoveryOperation rest(TestConsole console, RecoveryOperation operation) {
    return accepted(console.edits.planRest(operation.id(), null));
  }

  private String sent(String key) {
    return world.channel.calls().stream()
        .filter(call -> call.key().equals(key))
        .map(call -> call.json().at("/payload/body").stringValue())
        .findFirst()
        .orElseThrow();
  }

  /** The middleware tries it itself, with that payload, and it fails. */
  private void recorded(MessageId sale, int attempt, String payload) {
    world.write(
        List.of(
            Samples.aSale()
                .id(sale.value())
                .capturedAt(Instant.now().minusSeconds(600))
                .payload(payload)
                .attempt(attempt, Instant.now())
                .event(Stage.FAILED)));
  }

  private MessageId sale(String payload) {
    return world.failed(
        Samples.aSale().capturedAt(Instant.now().minusSeconds(600)).payload(payload));
  }
}
