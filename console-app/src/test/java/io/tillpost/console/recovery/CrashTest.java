package io.tillpost.console.recovery;

import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.console.audit.AuditTrails;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills a console at each of its writes, once before and once after the write happened, and lets
 * another console go on from the documents.
 */
@Execution(ExecutionMode.CONCURRENT)
class CrashTest {
  private static final int MORE_WRITES_THAN_IT_TAKES = 40;

  static Stream<Arguments> everyWrite() {
    return IntStream.rangeClosed(1, MORE_WRITES_THAN_IT_TAKES)
        .boxed()
        .flatMap(n -> Stream.of(Arguments.of(n, false), Arguments.of(n, true)));
  }

  @ParameterizedTest(name = "killed at write {0}, which happens: {1}")
  @MethodSource("everyWrite")
  void noMessageIsLostAndNoAttemptIsMadeTwice(int write, boolean happens) {
    try (RecoveryWorld world = new RecoveryWorld()) {
      world.timeout(Duration.ofMillis(200));
      List<MessageId> sales = List.of(world.aFailedSale(), world.aFailedSale());
      Fingerprint fingerprint =
          world
              .stores
              .messages()
              .find(sales.getFirst())
              .orElseThrow()
              .message()
              .fingerprint()
              .orElseThrow();
      world.channel.behave(world::takeAndConfirm);
      DyingStore dying = new DyingStore(world.stores.documents(), write, happens);
      TestConsole first = world.console(dying);
      boolean answered = true;
      try {
        first.recovery.retryException(fingerprint, because("Tax code is there now"));
      } catch (StoreUnavailableException e) {
        answered = false;
      }
      await()
          .until(
              () -> dying.isDead() || operations(world).stream().noneMatch(o -> o.state().open()));
      first.close();

      // Whoever had begun it is dead, so that nobody goes on with it.
      world.pace(new FastSettings().abandonAfter(Duration.ofMillis(100)).settings()).console();

      await()
          .atMost(RecoveryWorld.PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .untilAsserted(() -> assertThat(operations(world)).noneMatch(o -> o.state().open()));
      AuditTrails.assertIntact(world.stores.documents());
      Set<String> distinct = Set.copyOf(world.channel.keys());
      List<RecoveryOperation> finished =
          operations(world).stream().filter(o -> o.state() == OperationState.FINISHED).toList();
      if (finished.isEmpty()) {
        assertThat(answered).as("an accepted operation is never given up").isFalse();
        assertThat(distinct).isEmpty();
      } else {
        assertThat(distinct).containsExactlyInAnyOrder(sales.get(0) + ":2", sales.get(1) + ":2");
        assertThat(sales)
            .allSatisfy(
                sale ->
                    assertThat(world.item(finished.getFirst(), sale).state().name())
                        .isEqualTo("CONFIRMED"));
      }
    }
  }

  @ParameterizedTest(name = "killed at write {0}, which happens: {1}")
  @MethodSource("everyWrite")
  void aDiscardIsWrittenDownAndToldAsItIs(int write, boolean happens) {
    try (RecoveryWorld world = new RecoveryWorld()) {
      List<MessageId> sales = List.of(world.aFailedSale(), world.aFailedSale());
      DyingStore dying = new DyingStore(world.stores.documents(), write, happens);
      TestConsole first = world.console(dying);
      try {
        RecoveryOperation planned =
            RecoveryWorld.accepted(first.discards.plan(Chosen.Several.of(sales), null));
        first.control.start(planned.id(), "Booked by hand");
      } catch (StoreUnavailableException e) {
        assertThat(dying.isDead()).isTrue();
      }
      await()
          .until(
              () -> dying.isDead() || operations(world).stream().noneMatch(o -> o.state().open()));
      first.close();

      // Whoever had begun it is dead, so that nobody goes on with it.
      world.pace(new FastSettings().abandonAfter(Duration.ofMillis(100)).settings()).console();

      await()
          .atMost(RecoveryWorld.PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .untilAsserted(
              () ->
                  assertThat(operations(world))
                      .noneMatch(o -> o.state().active() || o.state() == OperationState.PLANNED));
      boolean finished =
          operations(world).stream().anyMatch(o -> o.state() == OperationState.FINISHED);
      assertThat(sales)
          .allSatisfy(
              sale ->
                  assertThat(world.stores.messages().find(sale).orElseThrow().message().status())
                      .isEqualTo(finished ? MessageStatus.DISCARDED : MessageStatus.FAILED));
      assertThat(world.channel.keys()).isEmpty();
    }
  }

  private static List<RecoveryOperation> operations(RecoveryWorld world) {
    return world
        .stores
        .documents()
        .of(RecoveryKinds.OPERATIONS)
        .find(DocumentQuery.ALL)
        .items()
        .stream()
        .map(Versioned::value)
        .toList();
  }
}
