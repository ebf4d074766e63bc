package io.tillpost.console.recovery;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.console.recovery.operation.OperationProgress;
import io.tillpost.failure.Failure;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Operations go gently: a few first, and they pause by themselves where too much goes wrong. */
@Execution(ExecutionMode.CONCURRENT)
class PausingTest {
  private final RecoveryWorld world = new RecoveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theFirstFewGoAloneAndTheOthersWaitForTheirOutcome() {
    List<MessageId> sales = world.sales(25);
    TestConsole console = world.console();
    RecoveryOperation operation = started(console, sales.getFirst());

    await().atMost(RecoveryWorld.PATIENCE).until(() -> world.channel.keys().size() == 5);
    world.awaitQuiet(operation);
    assertThat(world.now(operation).state()).isEqualTo(OperationState.CANARY);
    assertThat(world.channel.keys()).hasSize(5);

    world.channel.behave(world::takeAndConfirm);
    for (String key : world.channel.keys()) {
      world.report(new MessageId(key.substring(0, key.lastIndexOf(':'))), 2, Stage.CONFIRMED);
    }
    world.awaitFinished(operation);
    assertThat(world.channel.keys()).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void aCanaryThatFailsPausesTheOperationAndSaysWhy() {
    List<MessageId> sales = world.sales(25);
    AtomicInteger calls = new AtomicInteger();
    world.channel.behave(
        call ->
            calls.incrementAndGet() <= 2
                ? TestChannel.Answer.problem(422, "no such period")
                : world.takeAndConfirm(call));
    TestConsole console = world.console();
    RecoveryOperation operation = started(console, sales.getFirst());

    RecoveryOperation paused = world.awaitState(operation, OperationState.PAUSED);
    assertThat(paused.latest().actor()).isNull();
    assertThat(paused.latest().why())
        .isEqualTo(
            "2 of the first 5 messages did not get through: The channel answered 422: no such period");
    assertThat(world.channel.keys()).hasSize(5);

    accepted(console.control.resume(operation.id(), "The period is open now"));
    world.awaitFinished(operation);
    assertThat(progress(console, operation).count(ItemState.CONFIRMED)).isEqualTo(23);
    assertThat(progress(console, operation).count(ItemState.REFUSED)).isEqualTo(2);
  }

  @Test
  void aCanaryOfWhichNothingWentOutPausesItToo() {
    List<MessageId> sales = world.sales(25);
    world.channel.behave(world::takeAndConfirm);
    TestConsole console = world.console();
    RecoveryOperation operation = plan(console, sales.getFirst());
    // What was to go first got through without us meanwhile.
    sales.subList(0, 5).forEach(sale -> world.report(sale, 1, Stage.CONFIRMED));
    accepted(console.control.start(operation.id(), "Tax code is there now"));

    RecoveryOperation paused = world.awaitState(operation, OperationState.PAUSED);
    assertThat(paused.latest().why()).startsWith("none of the first 5 messages went out: ");
    assertThat(world.channel.keys()).isEmpty();

    accepted(console.control.resume(operation.id(), "The others are still failed"));
    world.awaitFinished(operation);
    assertThat(progress(console, operation).count(ItemState.CONFIRMED)).isEqualTo(20);
    assertThat(progress(console, operation).count(ItemState.SKIPPED)).isEqualTo(5);
  }

  @Test
  void tooManyFailuresPauseItByItself() {
    List<MessageId> sales = world.sales(40);
    AtomicInteger calls = new AtomicInteger();
    world.pace(withRate(50));
    world.channel.behave(
        call ->
            calls.incrementAndGet() <= 8
                ? world.takeAndConfirm(call)
                : TestChannel.Answer.problem(422, "no"));
    TestConsole console = world.console();
    RecoveryOperation operation = started(console, sales.getFirst());

    RecoveryOperation paused = world.awaitState(operation, OperationState.PAUSED);

    assertThat(paused.latest().why())
        .matches("\\d+ of the latest \\d+ messages failed, more than 20 %");
    assertThat(world.channel.keys().size()).isLessThan(40);
  }

  @Test
  void whatFailsForAllOperationsToATargetPausesThoseThatHaveMoreForIt() {
    // Each of them is too short to be judged by itself.
    MessageId first = world.sales(9).getFirst();
    MessageId second = sales(9, new Failure("PERIOD_CLOSED", "The period is closed", null, null));
    world.pace(new FastSettings().target(RecoveryWorld.target(20, 1)).settings());
    world.channel.behave(
        call -> {
          world.report(new MessageId(call.json().get("messageId").stringValue()), 2, Stage.FAILED);
          return TestChannel.Answer.of(202);
        });
    TestConsole console = world.console();
    List<RecoveryOperation> operations = List.of(started(console, first), started(console, second));

    await()
        .untilAsserted(
            () ->
                assertThat(operations)
                    .extracting(operation -> world.now(operation).state())
                    .contains(OperationState.PAUSED));
    RecoveryOperation paused =
        operations.stream()
            .map(world::now)
            .filter(operation -> operation.state() == OperationState.PAUSED)
            .findFirst()
            .orElseThrow();
    assertThat(paused.latest().actor()).isNull();
    assertThat(paused.latest().why())
        .matches(
            "\\d+ of the latest \\d+ messages of all operations to erp failed, more than 20 %");
    assertThat(world.channel.keys().size()).isLessThan(18);
  }

  @Test
  void aTargetThatIsSlowPausesIt() {
    List<MessageId> sales = world.sales(19);
    StartProperties start =
        new StartProperties(5, 20, 100, Duration.ofSeconds(1), 20, Duration.ofMillis(50), 3);
    world.pace(new FastSettings().start(start).target(RecoveryWorld.target(1_000, 1)).settings());
    world.channel.behave(call -> world.takeAndConfirm(call).after(Duration.ofMillis(120)));
    TestConsole console = world.console();
    RecoveryOperation operation = started(console, sales.getFirst());

    RecoveryOperation paused = world.awaitState(operation, OperationState.PAUSED);

    assertThat(paused.latest().why()).endsWith("answers took longer than 50 ms");
  }

  /** The first of so many sales that failed for that reason. */
  private MessageId sales(int count, Failure failure) {
    return IntStream.range(0, count)
        .mapToObj(
            _ ->
                world.failed(
                    Samples.aSale()
                        .capturedAt(Instant.now().minusSeconds(600))
                        .failingWith(failure)))
        .toList()
        .getFirst();
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
}
