package io.tillpost.console.recovery.run;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static io.tillpost.console.recovery.RecoveryWorld.itemsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.FastSettings;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.TestChannel;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.recovery.earlier.EarlierMessage;
import io.tillpost.console.recovery.earlier.EarlierMessages;
import io.tillpost.console.recovery.earlier.Superseding;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.EarlierFailed;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Which messages of a list are behind an earlier one, and which are not. */
@Execution(ExecutionMode.CONCURRENT)
class EarlierOnListTest {
  private final RecoveryWorld world = new RecoveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void oneOfTheListThatWasLeftOutDoesNotGoWithTheOthers() {
    MessageId first = world.sale(1, 10);
    MessageBuilder second =
        Samples.aSale().transactionNumber(1L).capturedAt(world.captured.plusSeconds(20));
    world.failed(second);
    world.timeout(Duration.ofMillis(100)).deadline(Duration.ofMillis(200));
    TestConsole impatient = world.console();
    world.channel.behave(_ -> TestChannel.Answer.of(202));
    RetryRequest anyway = because("By itself").with(EarlierWish.sendAnyway(" "));
    RecoveryOperation alone = accepted(impatient.recovery.retryMessage(second.messageId(), anyway));
    assertThat(earlierOf(alone).reason()).as("that of the request").isEqualTo("By itself");
    world.awaitState(alone, second.messageId(), ItemState.UNCONFIRMED);
    RecoveryOperation planned =
        accepted(impatient.recovery.planMessages(List.of(first, second.messageId()), null));
    assertThat(world.item(planned, first).state()).isEqualTo(ItemState.PLANNED);
    world.write(List.of(second.capturedAt(world.captured).event(Stage.DEAD_LETTERED)));

    accepted(impatient.control.start(planned.id(), "Both"));

    assertThat(world.awaitState(planned, first, ItemState.SKIPPED).reason())
        .isEqualTo(
            "Behind an earlier message of the same transaction that has failed: "
                + second.messageId());
  }

  @Test
  void oneBetweenTwoOfTheListKeepsTheLaterOneBackAloneAndTheOldestIsNamed() {
    MessageId first = world.sale(1, 10);
    MessageId between = world.sale(1, 20);
    MessageId alsoBetween = world.sale(1, 21);
    MessageId last = world.sale(1, 30);
    MessageId other = world.sale(2, 15);
    MessageId afterOther = world.sale(2, 40);
    TestConsole console = world.idleConsole(world.stores.documents());

    RecoveryOperation planned =
        accepted(console.recovery.planMessages(List.of(first, last, other), null));
    RecoveryOperation both =
        accepted(console.recovery.planAnew(planned.id(), EarlierWish.INCLUDE, null));

    assertThat(world.item(planned, first).state()).isEqualTo(ItemState.PLANNED);
    assertThat(world.item(planned, last).reason()).endsWith(between.value());
    assertThat(console.recovery.earlierFailed(last)).containsExactly(first, between, alsoBetween);
    assertThat(itemsOf(console.records, both.id()))
        .extracting(item -> item.value().messageId())
        .containsExactly(
            first.value(), other.value(), between.value(), alsoBetween.value(), last.value())
        .as("what is later than those chosen is not wanted")
        .doesNotContain(afterOther.value());
  }

  @Test
  void ofTwoOfOneMomentTheIdTellsWhichIsTheEarlierOne() {
    MessageId one =
        world.failed(Samples.aSale().id("a").transactionNumber(1L).capturedAt(world.captured));
    MessageId two =
        world.failed(Samples.aSale().id("b").transactionNumber(1L).capturedAt(world.captured));
    TestConsole console = world.idleConsole(world.stores.documents());

    assertThat(console.recovery.earlierFailed(two)).containsExactly(one);
    assertThat(console.recovery.earlierFailed(one)).isEmpty();
  }

  @Test
  void theSameNumberOfAnotherDayIsAnotherTransaction() {
    MessageId before =
        world.failed(
            Samples.aSale().transactionNumber(1L).capturedAt(world.captured.minusSeconds(172_800)));
    MessageId later = world.sale(1, 0);
    TestConsole console = world.idleConsole(world.stores.documents());

    assertThat(console.recovery.earlierFailed(later)).as("not " + before).isEmpty();
  }

  @Test
  void onlyWhatIsFailedAndInNoOtherOperationKeepsTheLaterOneOfTheListBack() {
    MessageId confirmed = world.sale(1, 0);
    MessageId afterConfirmed = world.sale(1, 10);
    MessageId underWay = world.sale(2, 0);
    MessageId afterUnderWay = world.sale(2, 10);
    TestConsole console = world.idleConsole(world.stores.documents());
    world.report(confirmed, 1, Stage.CONFIRMED);
    accepted(console.recovery.retryMessage(underWay, because("The console does not run it")));

    RecoveryOperation planned =
        accepted(
            console.recovery.planMessages(
                List.of(confirmed, afterConfirmed, underWay, afterUnderWay), null));

    assertThat(world.item(planned, confirmed).state()).isEqualTo(ItemState.SKIPPED);
    assertThat(world.item(planned, afterConfirmed).state()).isEqualTo(ItemState.PLANNED);
    assertThat(world.item(planned, underWay).state()).isEqualTo(ItemState.SKIPPED);
    assertThat(world.item(planned, afterUnderWay).state()).isEqualTo(ItemState.PLANNED);
  }

  @Test
  void whereANewerMessageIsEnoughAnOlderOneOfTheListHoldsItNotBack() {
    world.pace(new FastSettings().supersede("sales-posting").settings());
    MessageId older = world.sale(1, 0);
    MessageId newer = world.sale(1, 10);
    TestConsole console = world.idleConsole(world.stores.documents());

    RecoveryOperation planned =
        accepted(console.recovery.planMessages(List.of(older, newer), null));

    assertThat(world.item(planned, older).reason()).startsWith("Superseded");
    assertThat(world.item(planned, newer).state()).isEqualTo(ItemState.PLANNED);
  }

  @Test
  void aPreviewNamesFiveOfManyThatAreEarlier() {
    List<MessageId> later = new ArrayList<>();
    for (int object = 1; object <= 7; object++) {
      world.sale(object, 0);
      later.add(world.sale(object, 10));
    }
    TestConsole console = world.idleConsole(world.stores.documents());

    EarlierFailed told = earlierOf(accepted(console.recovery.planMessages(later, null)));

    assertThat(told.messages()).isEqualTo(7);
    assertThat(told.examples()).hasSize(5);
  }

  @Test
  void oneThatIsStillOnItsWayIsLookedAtAgainBeforeTheLaterOneGoes() {
    MessageBuilder earlier = Samples.aSale().transactionNumber(1L).capturedAt(world.captured);
    world.write(earlier.throughStage(Stage.QUEUED));
    MessageId later = world.sale(1, 10);
    TestConsole console = world.idleConsole(world.stores.documents());
    RecoveryOperation planned = accepted(console.recovery.planMessages(List.of(later), null));
    OpenItem open = FrozenList.of(console.records, planned.id()).open().getFirst();
    Superseding superseding = new Superseding(world.stores.messages(), Set.of());

    new EarlierLook(new EarlierMessages(world.stores.messages(), superseding))
        .tell(Map.of(open, world.item(planned, later)), Clock.systemUTC());

    assertThat(open.earlier().oldest())
        .extracting(EarlierMessage::id)
        .containsExactly(earlier.messageId().value());
  }

  @Test
  void whatIsOnlyWrittenDownWaitsForNoEarlierOne() {
    MessageId earlier = world.sale(1, 0);
    MessageId later = world.sale(1, 10);
    world.timeout(Duration.ofMillis(100)).deadline(Duration.ofMillis(200));
    TestConsole impatient = world.console();
    world.channel.behave(_ -> TestChannel.Answer.of(202));
    RecoveryOperation first = accepted(impatient.recovery.retryMessage(earlier, because("First")));
    world.awaitState(first, earlier, ItemState.UNCONFIRMED);

    RecoveryOperation planned =
        accepted(impatient.discards.plan(Chosen.Several.of(List.of(earlier, later)), null));

    assertThat(world.item(planned, earlier).state()).isEqualTo(ItemState.SKIPPED);
    assertThat(world.item(planned, later).state()).isEqualTo(ItemState.PLANNED);
  }

  private static EarlierFailed earlierOf(RecoveryOperation operation) {
    return Objects.requireNonNull(Objects.requireNonNull(operation.summary()).earlier());
  }
}
