package io.tillpost.console.recovery;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.run.RecordedContents;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DailyData;
import io.tillpost.testing.Samples;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Recorded messages are sent again by window, as they were when their list was frozen. */
@Execution(ExecutionMode.CONCURRENT)
class ReplayTest {
  private static final String SALE = "{\"unit\":\"pcs\",\"sku\":\"A-100\",\"amount\":12999}";

  private final RecoveryWorld world = new RecoveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aReplaySendsRecordedContentAgainAndOnlyItsOwnAttemptTells() {
    MessageId done = confirmed();
    MessageId failed = sale(SALE);
    TestConsole.logIn("admin", "ADMIN");
    TestConsole console = world.console();
    ListFilter window =
        new ListFilter(
            null,
            java.util.Set.of(),
            java.util.Set.of(),
            java.util.Set.of(),
            Instant.now().minusSeconds(3_600),
            Instant.now());
    RecoveryOperation plan = accepted(console.replays.plan(window, "middleware", null));

    assertThat(plan.summary().toSend()).isEqualTo(2);
    assertThat(plan.summary().succeeded()).isOne();
    assertThat(world.item(plan, failed).message().failureClass()).isNull();
    assertThat(console.replays.plan(window, "nowhere", null))
        .isEqualTo(new OperationAnswer.Invalid("There is no recovery channel nowhere"));
    accepted(console.control.start(plan.id(), "The ERP was restored"));
    world.awaitState(plan, done, ItemState.SENT);
    // What is confirmed before it goes out would not be sent.
    world.awaitState(plan, failed, ItemState.SENT);
    assertThat(world.item(plan, done).state()).isEqualTo(ItemState.SENT);
    assertThat(world.channel.calls())
        .allSatisfy(
            call -> {
              assertThat(call.json().get("action").stringValue()).isEqualTo("REPLAY");
              assertThat(call.json().at("/payload/body").stringValue()).isEqualTo(SALE);
            });
    world.report(done, 2, Stage.CONFIRMED);
    world.report(failed, 2, Stage.CONFIRMED);
    world.awaitFinished(plan);
    assertThat(world.item(plan, done).state()).isEqualTo(ItemState.CONFIRMED);
    assertThat(world.channel.keys()).containsExactlyInAnyOrder(done + ":2", failed + ":2");
  }

  @Test
  void aReplaySendsWhatWasRecordedWhenItsListWasFrozen() {
    MessageId changed = sale(SALE);
    TestConsole.logIn("admin", "ADMIN");
    TestConsole console = world.console();
    RecoveryOperation plan = accepted(console.replays.plan(window(), "middleware", null));
    world.write(
        List.of(
            Samples.aSale()
                .id(changed.value())
                .capturedAt(Instant.now().minusSeconds(600))
                .payload(SALE.replace("12999", "1"))
                .attempt(1, Instant.now())
                .event(Stage.DEAD_LETTERED)));
    assertThat(world.stores.messages().payloads(changed).getLast().payload().body())
        .contains("\"amount\":1}");

    accepted(console.control.start(plan.id(), "The ERP was restored"));
    world.awaitState(plan, changed, ItemState.SENT);

    assertThat(world.channel.calls().getFirst().json().at("/payload/body").stringValue())
        .isEqualTo(SALE);
  }

  @Test
  void onlyWhoMayReplayGoesOnWithAReplayAndOthersStopIt() {
    sale(SALE);
    TestConsole.logIn("admin", "ADMIN");
    TestConsole console = world.idleConsole(world.stores.documents());
    RecoveryOperation plan = accepted(console.replays.plan(window(), "middleware", null));
    accepted(console.control.start(plan.id(), "The ERP was restored"));

    TestConsole.logIn("support", "SUPPORT");
    RecoveryOperation paused = accepted(console.control.pause(plan.id(), "Not now"));
    String why =
        "You may not replay recorded messages: this needs the role Administrator. Yours: Support.";
    assertThat(console.control.resumeObjection(paused)).contains(why);
    assertThat(console.control.resume(plan.id(), "Go on"))
        .isEqualTo(new OperationAnswer.Forbidden(why));
    assertThat(world.now(plan).state()).isEqualTo(OperationState.PAUSED);
    accepted(console.control.cancel(plan.id(), "Not at all"));
  }

  @Test
  void aReplayWhosePayloadIsGoneSinceSendsNothing() {
    Instant recorded = Instant.now();
    MessageId sale = sale(SALE);
    TestConsole.logIn("admin", "ADMIN");
    TestConsole console = world.console();
    RecoveryOperation plan = accepted(console.replays.plan(window(), "middleware", null));
    world.stores.daily().days(DailyData.Kind.EVENTS).stream()
        .filter(day -> !day.isAfter(recorded.atOffset(ZoneOffset.UTC).toLocalDate()))
        .forEach(day -> world.stores.daily().drop(DailyData.Kind.EVENTS, day));
    assertThat(world.stores.messages().payloads(sale)).isEmpty();

    accepted(console.control.start(plan.id(), "The ERP was restored"));
    world.awaitFinished(plan);

    assertThat(world.item(plan, sale).state()).isEqualTo(ItemState.SKIPPED);
    assertThat(world.item(plan, sale).reason()).isEqualTo(RecordedContents.GONE);
    assertThat(world.channel.keys()).isEmpty();
  }

  @Test
  void aReplayLeavesOutWhatHasNoPayloadAnyMore() {
    MessageId recorded = sale(SALE);
    MessageId gone = world.failed(Samples.aSale().capturedAt(Instant.now().minusSeconds(600)));
    TestConsole.logIn("admin", "ADMIN");
    TestConsole console = world.idleConsole(world.stores.documents());
    ListFilter window =
        new ListFilter(
            null,
            java.util.Set.of("sales-posting"),
            java.util.Set.of(),
            java.util.Set.of(),
            Instant.now().minusSeconds(3_600),
            Instant.now());

    RecoveryOperation plan = accepted(console.replays.plan(window, "middleware", null));

    assertThat(plan.summary().toSend()).isOne();
    assertThat(world.item(plan, recorded).state()).isEqualTo(ItemState.PLANNED);
    assertThat(world.item(plan, gone).reason()).startsWith("The payload is gone");
  }

  private static ListFilter window() {
    return new ListFilter(
        null,
        java.util.Set.of(),
        java.util.Set.of(),
        java.util.Set.of(),
        Instant.now().minusSeconds(3_600),
        Instant.now());
  }

  private MessageId sale(String payload) {
    return world.failed(
        Samples.aSale().capturedAt(Instant.now().minusSeconds(600)).payload(payload));
  }

  private MessageId confirmed() {
    MessageId sale = sale(SALE);
    world.report(sale, 1, Stage.CONFIRMED);
    return sale;
  }
}
