package io.tillpost.console.recovery.run;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.console.recovery.DyingStore;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TestChannel;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages about one business object go in their order, whichever operations they are in. */
@Execution(ExecutionMode.CONCURRENT)
class OrderTest {
  private final RecoveryWorld world = new RecoveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aLaterMessageOfAnotherOperationWaitsAndSaysForWhat() {
    MessageId earlier = world.sale(1, 0);
    MessageId later = world.sale(1, 10);
    MessageId other = world.sale(2, 20);
    TestConsole console = world.console();
    RecoveryOperation first = accepted(console.recovery.retryMessage(earlier, because("First")));
    world.awaitState(first, earlier, ItemState.SENT);
    RecoveryOperation second = accepted(console.recovery.planMessages(List.of(later, other), null));
    accepted(console.control.start(second.id(), "Second"));

    world.awaitState(second, other, ItemState.SENT);
    await()
        .untilAsserted(
            () ->
                assertThat(world.item(second, later).reason())
                    .isEqualTo(
                        "Waits for message %s about the same business object, in an operation of support"
                            .formatted(earlier)));
    assertThat(world.item(second, later).state()).isEqualTo(ItemState.PLANNED);

    world.report(earlier, 2, Stage.CONFIRMED);
    RecoveryItem sent = world.awaitState(second, later, ItemState.SENT);
    assertThat(sent.waitsFor()).isNull();
    assertThat(sent.reason()).isNull();
  }

  @Test
  void anEarlierMessageThatHasStillToGoIsWaitedForAlsoWhileItsOperationIsPaused() {
    MessageId earlier = world.sale(1, 0);
    MessageId later = world.sale(1, 10);
    TestConsole console = world.console();
    world.channel.behave(_ -> TestChannel.Answer.of(503));
    RecoveryOperation first = accepted(console.recovery.planMessages(List.of(earlier), null));
    accepted(console.control.start(first.id(), "First"));
    accepted(console.control.pause(first.id(), null));
    RecoveryOperation second = accepted(console.recovery.planMessages(List.of(later), null));
    accepted(console.control.start(second.id(), "Second"));

    await().until(() -> world.item(second, later).waitsFor() != null);
    assertThat(world.channel.keys()).doesNotContain(later + ":2");

    world.channel.behave(world::takeAndConfirm);
    accepted(console.control.resume(first.id(), null));
    world.awaitFinished(first);
    world.awaitFinished(second);
    List<String> keys = world.channel.keys();
    assertThat(keys.lastIndexOf(earlier + ":2")).isLessThan(keys.indexOf(later + ":2"));
  }

  @Test
  void whatWaitedForOneThatDidNotGetThroughIsLeftOut() {
    MessageId earlier = world.sale(1, 0);
    MessageId later = world.sale(1, 10);
    TestConsole console = world.console();
    RecoveryOperation first = accepted(console.recovery.retryMessage(earlier, because("First")));
    world.awaitState(first, earlier, ItemState.SENT);
    RecoveryOperation second = accepted(console.recovery.planMessages(List.of(later), null));
    accepted(console.control.start(second.id(), "Second"));
    await().until(() -> world.item(second, later).waitsFor() != null);

    world.report(earlier, 2, Stage.FAILED);

    RecoveryItem left = world.awaitState(second, later, ItemState.SKIPPED);
    assertThat(left.reason()).isEqualTo(OpenItem.notThrough(earlier.value()));
    assertThat(world.channel.keys()).containsExactly(earlier + ":2");
  }

  @Test
  void aListSaysWhichOfItsMessagesGoesFirst() {
    MessageId earlier = world.sale(1, 0);
    MessageId later = world.sale(1, 10);
    TestConsole console = world.idleConsole(world.stores.documents());

    RecoveryOperation planned =
        accepted(console.recovery.planMessages(List.of(later, earlier), null));

    assertThat(world.item(planned, earlier).reason()).isNull();
    assertThat(world.item(planned, later).reason())
        .isEqualTo("Goes after message " + earlier + " about the same business object");
  }

  static Stream<Arguments> everyWrite() {
    return IntStream.rangeClosed(1, 30)
        .boxed()
        .flatMap(n -> Stream.of(Arguments.of(n, false), Arguments.of(n, true)));
  }

  @ParameterizedTest(name = "killed at write {0}, which happens: {1}")
  @MethodSource("everyWrite")
  void twoOperationsKeepTheOrderThoughTheirConsoleDies(int write, boolean happens) {
    world.timeout(Duration.ofMillis(200));
    MessageId earlier = world.sale(1, 0);
    MessageId later = world.sale(1, 10);
    TestConsole planning = world.idleConsole(world.stores.documents());
    RecoveryOperation first = accepted(planning.recovery.planMessages(List.of(earlier), null));
    accepted(planning.control.start(first.id(), "First"));
    RecoveryOperation second = accepted(planning.recovery.planMessages(List.of(later), null));
    accepted(planning.control.start(second.id(), "Second"));
    world.channel.behave(world::takeAndConfirm);
    DyingStore dying = new DyingStore(world.stores.documents(), write, happens);
    TestConsole dead = world.console(dying);
    await().until(() -> dying.isDead() || ended(first, second));
    dead.close();

    world.console();

    world.awaitFinished(first);
    world.awaitFinished(second);
    assertThat(world.item(first, earlier).state()).isEqualTo(ItemState.CONFIRMED);
    assertThat(world.item(second, later).state()).isEqualTo(ItemState.CONFIRMED);
    List<String> keys = world.channel.keys();
    assertThat(keys.lastIndexOf(earlier + ":2")).isLessThan(keys.indexOf(later + ":2"));
  }

  private boolean ended(RecoveryOperation... operations) {
    return Stream.of(operations)
        .allMatch(operation -> world.now(operation).state() == OperationState.FINISHED);
  }
}
