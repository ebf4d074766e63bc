package io.tillpost.console.recovery;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.console.recovery.operation.OperationProgress;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DailyData;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class RecoveryTest {
  private final RecoveryWorld world = new RecoveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202})
  void sentIsNotDoneUntilTheTargetConfirms(int status) {
    MessageId sale = world.aFailedSale();
    world.channel.behave(_ -> TestChannel.Answer.of(status));
    TestConsole console = world.console();

    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Tax code is there now")));

    RecoveryItem sent = world.awaitState(operation, sale, ItemState.SENT);
    assertThat(sent.attempt()).isEqualTo(2);
    assertThat(console.operations.find(operation.id()).orElseThrow().operation().state().open())
        .isTrue();

    assertThat(sent.message().failureClass()).isEqualTo(FailureClass.TRANSIENT);

    world.report(sale, 2, Stage.CONFIRMED);
    assertThat(world.awaitState(operation, sale, ItemState.CONFIRMED).tookSeconds()).isNotNull();
    world.awaitFinished(operation);
    assertThat(world.channel.keys()).containsExactly(sale + ":2");
  }

  @Test
  void anAttemptThatFailsAgainIsShownAsFailedWithItsReason() {
    MessageId sale = world.aFailedSale();
    TestConsole console = world.console();

    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));
    world.awaitState(operation, sale, ItemState.SENT);
    world.report(sale, 2, Stage.FAILED);

    assertThat(world.awaitState(operation, sale, ItemState.FAILED).reason())
        .isEqualTo("Failed again: Tax code DE-19X is not known (TAX_CODE_UNKNOWN)");
    world.awaitFinished(operation);

    RecoveryOperation again = accepted(console.recovery.retryMessage(sale, because("Once more")));
    assertThat(world.item(again, sale).attempt()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "409,ALREADY_DONE,The channel answered 409: posted as 90017",
    "422,REFUSED,The channel answered 422: posted as 90017",
    "400,REJECTED,The channel answered 400: posted as 90017",
    "404,REJECTED,The channel answered 404: posted as 90017",
    "302,REJECTED,The channel answered 302: posted as 90017"
  })
  void anAnswerThatEndsItIsNotAskedForAgain(int status, ItemState state, String reason) {
    MessageId sale = world.aFailedSale();
    world.channel.behave(_ -> TestChannel.Answer.problem(status, "posted as 90017"));

    RecoveryOperation operation =
        accepted(world.console().recovery.retryMessage(sale, because("Try again")));

    assertThat(world.awaitState(operation, sale, state).reason()).isEqualTo(reason);
    world.awaitFinished(operation);
    assertThat(world.channel.keys()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 302, 422})
  void whatIsSaidToALaterRequestDoesNotEndTheDoubtAboutAnEarlierOne(int status) {
    world.timeout(Duration.ofSeconds(1)).deadline(Duration.ofSeconds(2));
    MessageId sale = world.aFailedSale();
    AtomicInteger calls = new AtomicInteger();
    world.channel.behave(
        _ ->
            calls.incrementAndGet() == 1
                ? TestChannel.Answer.of(500)
                : TestChannel.Answer.problem(status, "a login page"));
    TestConsole console = world.console();

    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));

    assertThat(world.awaitState(operation, sale, ItemState.UNCONFIRMED).reason())
        .contains("An earlier request may have been taken; to this one it said: ");
    world.awaitFinished(operation);
    assertThat(console.recovery.doubt(sale)).isPresent();
    assertThat(Set.copyOf(world.channel.keys())).containsExactly(sale + ":2");
  }

  @Test
  void whatWasNotTakenDoesNotGoAgainOnceSomebodyElseHasMadeThatAttempt() {
    MessageId sale = world.aFailedSale();
    world.channel.behave(
        _ -> {
          world.report(sale, 2, Stage.QUEUED);
          return TestChannel.Answer.of(429);
        });

    RecoveryOperation operation =
        accepted(world.console().recovery.retryMessage(sale, because("Try again")));

    assertThat(world.awaitState(operation, sale, ItemState.SKIPPED).reason())
        .isEqualTo("Attempt 2 was made since");
    world.awaitFinished(operation);
    assertThat(world.channel.keys()).hasSize(1);
  }

  @Test
  void whatWasNotTakenEndsWhereItsMessageIsNotStoredAnyMore() {
    MessageId sale = world.aFailedSale();
    world.channel.behave(
        _ -> {
          DailyData data = world.stores.daily();
          data.days(DailyData.Kind.MESSAGES)
              .forEach(day -> data.drop(DailyData.Kind.MESSAGES, day));
          return TestChannel.Answer.of(429);
        });

    RecoveryOperation operation =
        accepted(world.console().recovery.retryMessage(sale, because("Try again")));

    assertThat(world.awaitState(operation, sale, ItemState.SKIPPED).reason())
        .isEqualTo("The message is not stored any more");
    world.awaitFinished(operation);
    assertThat(world.channel.keys()).hasSize(1);
  }

  @Test
  void askedToSlowDownItComesBackWithTheSameKeyAndNotBefore() {
    MessageId sale = world.aFailedSale();
    AtomicInteger calls = new AtomicInteger();
    List<Instant> times = new CopyOnWriteArrayList<>();
    world.channel.behave(
        call -> {
          times.add(Instant.now());
          return calls.incrementAndGet() == 1
              ? TestChannel.Answer.of(429).header("Retry-After", "1")
              : world.takeAndConfirm(call);
        });

    RecoveryOperation operation =
        accepted(world.console().recovery.retryMessage(sale, because("Try again")));

    world.awaitState(operation, sale, ItemState.CONFIRMED);
    assertThat(world.channel.keys()).containsExactly(sale + ":2", sale + ":2");
    assertThat(Duration.between(times.get(0), times.get(1))).isGreaterThan(Duration.ofMillis(990));
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 500, 502, -1})
  void anAnswerThatLeavesItOpenIsFollowedByTheSameKey(int status) {
    MessageId sale = world.aFailedSale();
    AtomicInteger calls = new AtomicInteger();
    world.channel.behave(
        call ->
            calls.incrementAndGet() <= 2
                ? TestChannel.Answer.of(status)
                : world.takeAndConfirm(call));

    RecoveryOperation operation =
        accepted(world.console().recovery.retryMessage(sale, because("Try again")));

    assertThat(world.awaitState(operation, sale, ItemState.CONFIRMED).dispatches()).isEqualTo(3);
    assertThat(Set.copyOf(world.channel.keys())).containsExactly(sale + ":2");
  }

  @Test
  void anAnswerThatComesTooLateAfterTheWorkWasDoneDoesNotDoItTwice() {
    world.timeout(Duration.ofMillis(300));
    MessageId sale = world.aFailedSale();
    world.channel.behave(call -> world.takeAndConfirm(call).after(Duration.ofSeconds(2)));

    RecoveryOperation operation =
        accepted(world.console().recovery.retryMessage(sale, because("Try again")));

    world.awaitState(operation, sale, ItemState.CONFIRMED);
    world.awaitFinished(operation);
    assertThat(Set.copyOf(world.channel.keys())).containsExactly(sale + ":2");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 202})
  void withoutAWordUntilTheDeadlineItIsUnconfirmedAndALateConfirmationStillCounts(int status) {
    world.timeout(Duration.ofMillis(300)).deadline(Duration.ofMillis(600));
    MessageId sale = world.aFailedSale();
    world.channel.behave(_ -> TestChannel.Answer.of(status));

    RecoveryOperation operation =
        accepted(world.console().recovery.retryMessage(sale, because("Try again")));

    world.awaitState(operation, sale, ItemState.UNCONFIRMED);
    world.awaitFinished(operation);
    world.report(sale, 2, Stage.CONFIRMED);
    world.awaitState(operation, sale, ItemState.CONFIRMED);
  }

  @Test
  void aConsoleThatWasStoppedGoesOnWhenItIsStartedAgain() {
    MessageId sale = world.aFailedSale();
    world.channel.behave(world::takeAndConfirm);
    TestConsole console = world.console().stop();
    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));
    assertThat(world.channel.keys()).isEmpty();

    console.start();

    world.awaitState(operation, sale, ItemState.CONFIRMED);
    world.awaitFinished(operation);
    assertThat(world.channel.keys()).containsExactly(sale + ":2");
  }

  @Test
  void eventsThatComeTwiceOrOutOfOrderChangeNothing() {
    MessageId sale = world.aFailedSale();
    world.channel.behave(
        call -> {
          var confirmed = world.event(sale, 2, Stage.CONFIRMED);
          var received = world.event(sale, 2, Stage.RECEIVED);
          world.write(List.of(confirmed, received, confirmed));
          world.write(List.of(received));
          return TestChannel.Answer.of(200);
        });

    RecoveryOperation operation =
        accepted(world.console().recovery.retryMessage(sale, because("Try again")));

    world.awaitState(operation, sale, ItemState.CONFIRMED);
    assertThat(world.channel.keys()).hasSize(1);
  }

  @Test
  void allMessagesOfAnExceptionAreRetriedAndWhatIsThroughAlreadyIsSkipped() {
    List<MessageId> sales = IntStream.range(0, 30).mapToObj(_ -> world.aFailedSale()).toList();
    Fingerprint fingerprint = world.exceptionOf(sales.getFirst());
    world.channel.behave(world::takeAndConfirm);
    TestConsole planning = world.idleConsole(world.stores.documents());
    RecoveryOperation operation =
        accepted(planning.recovery.retryException(fingerprint, because("Tax code is there")));
    world.report(sales.get(3), 2, Stage.CONFIRMED);
    MessageId failedLater = world.aFailedSale();

    TestConsole console = world.console();
    world.awaitFinished(operation);

    assertThat(world.item(operation, sales.get(3)).state()).isEqualTo(ItemState.SKIPPED);
    assertThat(world.item(operation, sales.get(3)).reason()).isEqualTo("The target has it already");
    OperationProgress progress = console.operations.find(operation.id()).orElseThrow();
    assertThat(progress.operation().size()).isEqualTo(30);
    assertThat(progress.count(ItemState.CONFIRMED)).isEqualTo(29);
    assertThat(progress.ended()).isEqualTo(30);
    assertThat(world.channel.keys())
        .hasSize(29)
        .doesNotHaveDuplicates()
        .doesNotContain(failedLater + ":2");
  }

  @Test
  void whileOneRetriesNobodyElseCan() {
    MessageId sale = world.aFailedSale();
    TestConsole console = world.console();
    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));
    world.awaitState(operation, sale, ItemState.SENT);

    TestConsole.logIn("oncall", "ONCALL");
    OperationAnswer second = console.recovery.retryMessage(sale, because("Try again"));

    assertThat(second).isEqualTo(new OperationAnswer.Refused("Attempt 2 is being made by support"));
    assertThat(world.channel.keys()).hasSize(1);
  }

  @Test
  void twoOperationsOverTheSameMessageMakeOneAttempt() {
    MessageId sale = world.aFailedSale();
    TestConsole idle = world.idleConsole(world.stores.documents());
    RecoveryOperation first = accepted(idle.recovery.retryMessage(sale, because("One")));
    TestConsole.logIn("oncall", "ONCALL");
    RecoveryOperation second = accepted(idle.recovery.retryMessage(sale, because("Two")));

    world.console();
    world.console();

    await()
        .untilAsserted(
            () ->
                assertThat(
                        List.of(world.item(first, sale).state(), world.item(second, sale).state()))
                    .containsExactlyInAnyOrder(ItemState.SENT, ItemState.SKIPPED));
    assertThat(world.channel.keys()).containsExactly(sale + ":2");
  }

  @Test
  void theSameKeyIsTheSameOperation() {
    MessageId sale = world.aFailedSale();
    TestConsole console = world.console();
    RetryRequest request = new RetryRequest("Try again", "click-1");

    RecoveryOperation first = accepted(console.recovery.retryMessage(sale, request));
    RecoveryOperation second = accepted(console.recovery.retryMessage(sale, request));

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(console.recovery.retryMessage(world.aFailedSale(), request))
        .isInstanceOf(OperationAnswer.Refused.class);
    assertThat(
            console.recovery.retryMessage(sale, new RetryRequest("For another reason", "click-1")))
        .isEqualTo(
            new OperationAnswer.Refused(
                "This Idempotency-Key was used for another request about Message %s; use another one"
                    .formatted(sale)));
  }

  @Test
  void whatCannotBeRetriedSaysWhy() {
    TestConsole console = world.console();
    MessageId confirmed = world.aFailedSale();
    world.report(confirmed, 2, Stage.CONFIRMED);

    assertThat(console.recovery.retryMessage(confirmed, because("Try again")))
        .isEqualTo(new OperationAnswer.Refused("The target has it already"));
    assertThat(console.recovery.retryMessage(new MessageId("nobody-knows-it"), because("Try it")))
        .isInstanceOf(OperationAnswer.NotFound.class);
    assertThat(console.recovery.retryMessage(confirmed, because("  ")))
        .isEqualTo(new OperationAnswer.Invalid("A reason of 3 to 500 characters is needed"));
    assertThat(console.recovery.objection("price-distribution"))
        .contains(
            "No recovery channel is configured for the workflow price-distribution (tillpost.channels)");
  }

  @Test
  void aChannelThatIsDownIsWaitedForAndNothingIsInDoubt() {
    MessageId sale = world.aFailedSale();
    world.channel.close();

    RecoveryOperation operation =
        accepted(world.console().recovery.retryMessage(sale, because("Try again")));

    await()
        .untilAsserted(
            () -> {
              RecoveryItem item = world.item(operation, sale);
              assertThat(item.dispatches()).isGreaterThan(2);
              assertThat(item.state()).isEqualTo(ItemState.CLAIMED);
            });
    await().untilAsserted(() -> assertThat(world.item(operation, sale).holder()).isNull());
    assertThat(world.item(operation, sale).inDoubt()).isFalse();
    assertThat(world.item(operation, sale).reason())
        .isEqualTo("The channel cannot be reached: connection refused");
  }
}
