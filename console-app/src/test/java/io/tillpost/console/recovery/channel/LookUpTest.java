package io.tillpost.console.recovery.channel;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.AnywayWish;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.TestChannel;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A channel that offers look-ups is asked before anything goes out again. */
@Execution(ExecutionMode.CONCURRENT)
class LookUpTest {
  private static final RetryRequest IN_DOUBT =
      because("Once more").withInDoubt(AnywayWish.sendAnyway(null));

  private final RecoveryWorld world = new RecoveryWorld().offersLookUps();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aRequestWhoseAnswerWasLostIsNotSentAgainWhereTheTargetHasIt() {
    world.channel.behave(_ -> TestChannel.Answer.of(500));
    world.channel.says("POSTED");
    TestConsole console = world.console();
    MessageId sale = world.aFailedSale();

    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));

    RecoveryItem item = world.awaitState(operation, sale, ItemState.ALREADY_DONE);
    assertThat(item.reason()).isEqualTo(LookUps.HAS_IT);
    assertThat(world.channel.keys()).containsExactly(sale + ":2");
  }

  @Test
  void theLookUpNamesTheBusinessKeyAndIsSigned() {
    world.channel.behave(_ -> TestChannel.Answer.of(500));
    world.channel.says("POSTED");
    TestConsole console = world.console();
    MessageId sale = world.aFailedSale();
    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));
    world.awaitState(operation, sale, ItemState.ALREADY_DONE);

    TestChannel.Asked asked = world.channel.asked().getFirst();
    assertThat(asked.address().getQuery())
        .contains("workflow=sales-posting", "messageId=" + sale, "storeId=0412", "registerId=");
    long seconds = Long.parseLong(asked.signature().substring(2, asked.signature().indexOf(',')));
    byte[] signed = LookUpRequest.signed(asked.address());
    assertThat(asked.signature())
        .isEqualTo(new ChannelSecret(RecoveryWorld.SECRET).signature(seconds, signed));
  }

  @Test
  void whatTheTargetDoesNotHaveOrSayGoesAgainWithTheSameKey() {
    world.channel.behave(
        call ->
            world.channel.keys().size() < 2
                ? TestChannel.Answer.of(500)
                : world.takeAndConfirm(call));
    TestConsole console = world.console();
    MessageId sale = world.aFailedSale();

    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));

    world.awaitState(operation, sale, ItemState.CONFIRMED);
    assertThat(world.channel.keys()).containsExactly(sale + ":2", sale + ":2");
    assertThat(world.channel.asked()).isNotEmpty();
  }

  @Test
  void whatIsOnItsWayIsNotSentAgainAndEndsUnconfirmed() {
    world
        .timeout(Duration.ofMillis(900))
        .deadline(Duration.ofSeconds(1))
        .channel
        .behave(_ -> TestChannel.Answer.of(500));
    world.channel.says("PENDING");
    TestConsole console = world.console();
    MessageId sale = world.aFailedSale();

    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));

    world.awaitState(operation, sale, ItemState.UNCONFIRMED);
    assertThat(world.channel.keys()).containsExactly(sale + ":2");
  }

  @Test
  void aMessageThatNobodyConfirmedIsAskedForBeforeItsNextAttempt() {
    TestConsole console = impatient();
    MessageId sale = world.aFailedSale();
    unconfirmed(console, sale);
    world.channel.says("POSTED");

    RecoveryOperation second = accepted(console.recovery.retryMessage(sale, IN_DOUBT));

    RecoveryItem item = world.awaitState(second, sale, ItemState.SKIPPED);
    assertThat(item.reason()).isEqualTo(LookUps.HAS_IT);
    assertThat(world.channel.keys()).containsExactly(sale + ":2");
  }

  @Test
  void aDoubtStaysWhereALaterAttemptOfTheMiddlewareFails() {
    TestConsole console = impatient();
    MessageId sale = world.aFailedSale();
    unconfirmed(console, sale);
    world.report(sale, 3, Stage.FAILED);

    RecoveryOperation list =
        accepted(console.recovery.planException(world.exceptionOf(sale), null));
    assertThat(world.item(list, sale).reason())
        .isEqualTo(
            "Whether attempt 2 reached the target is not known; look at this message by itself");

    world.channel.says("POSTED");
    RecoveryOperation second = accepted(console.recovery.retryMessage(sale, IN_DOUBT));
    RecoveryItem item = world.awaitState(second, sale, ItemState.SKIPPED);
    assertThat(item.attempt()).isEqualTo(4);
    assertThat(item.reason()).isEqualTo(LookUps.HAS_IT);
    assertThat(world.channel.keys()).containsExactly(sale + ":2");
  }

  @Test
  void aDoubtStaysWhereTheMessageWasDiscardedAndThatIsTakenBack() {
    TestConsole console = impatient();
    MessageId sale = world.aFailedSale();
    RecoveryOperation first = unconfirmed(console, sale);
    world.awaitFinished(accepted(console.discards.discardMessage(sale, because("Booked by hand"))));
    world.awaitState(first, sale, ItemState.FAILED);
    world.awaitFinished(
        accepted(console.discards.restoreMessage(sale, because("It was another one"))));

    RecoveryOperation list =
        accepted(console.recovery.planException(world.exceptionOf(sale), null));

    assertThat(world.item(list, sale).reason())
        .isEqualTo(
            "Whether attempt 2 reached the target is not known; look at this message by itself");
  }

  @Test
  void theTargetIsAskedWhenTheDeadlinePasses() {
    world.timeout(Duration.ofMillis(900)).deadline(Duration.ofSeconds(1)).channel.says("POSTED");
    TestConsole console = world.console();
    MessageId sale = world.aFailedSale();

    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));

    assertThat(world.awaitState(operation, sale, ItemState.ALREADY_DONE).reason())
        .isEqualTo(LookUps.HAS_IT);
  }

  /** A console that does not wait long for anything. */
  private TestConsole impatient() {
    return world.timeout(Duration.ofMillis(900)).deadline(Duration.ofSeconds(1)).console();
  }

  /** A retry of the sale of which nobody says what became of it. */
  private RecoveryOperation unconfirmed(TestConsole console, MessageId sale) {
    RecoveryOperation retry = accepted(console.recovery.retryMessage(sale, because("Try again")));
    world.awaitState(retry, sale, ItemState.UNCONFIRMED);
    return retry;
  }
}
