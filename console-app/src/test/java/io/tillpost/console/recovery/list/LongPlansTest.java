package io.tillpost.console.recovery.list;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.itemsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.ListFilter;
import io.tillpost.console.recovery.LongPlans;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.Preparation;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Long lists are frozen in the background, tell how far they are, and can be left. */
class LongPlansTest extends WithLongPlans {
  @Test
  void theOperationIsThereAtOnceAndPreviewedWhenItsListIsFrozen() {
    RecoveryOperation planned = accepted(console.recovery.planException(exception(), "once"));

    assertThat(planned.state()).isEqualTo(OperationState.PLANNED);
    assertThat(planned.scope().description())
        .isEqualTo("The oldest 4 of about 5 failed messages of the exception");
    assertThat(soFar(planned)).isEqualTo(Preparation.reading(4, 0, planned.requestedAt()));
    assertThat(console.control.start(planned.id(), "Too early"))
        .isEqualTo(
            new OperationAnswer.Refused(
                "This cannot be done while the operation is: being prepared"));
    assertThat(accepted(console.recovery.planException(exception(), "once")).id())
        .isEqualTo(planned.id());
    assertThat(background).hasSize(1);

    background.remove().run();
    RecoveryOperation previewed = world.now(planned);
    assertThat(previewed.state()).isEqualTo(OperationState.PREVIEWED);
    assertThat(previewed.scope().description())
        .isEqualTo("The oldest 4 of 5 failed messages of the exception");
    assertThat(previewed.size()).isEqualTo(4);
    assertThat(previewed.preparation()).isNull();
    assertThat(itemsOf(console.records, planned.id())).hasSize(4);
  }

  @Test
  void whatIsCancelledWhileItIsPreparedIsGivenUpAndNothingOfItIsWritten() {
    RecoveryOperation planned = accepted(console.recovery.planException(exception(), null));

    assertThat(accepted(console.control.cancel(planned.id(), "The wrong exception")).state())
        .isEqualTo(OperationState.ABANDONED);
    assertThat(accepted(console.control.cancel(planned.id(), null)).latest().why())
        .isEqualTo("The wrong exception");
    background.remove().run();

    assertThat(itemsOf(console.records, planned.id())).isEmpty();
    assertThat(world.now(planned).state()).isEqualTo(OperationState.ABANDONED);
    assertThat(console.control.start(planned.id(), "All the same"))
        .isInstanceOf(OperationAnswer.Refused.class);
  }

  @Test
  void howFarItIsIsWrittenEverySecondAndWhoCancelsIsHeard() {
    RecoveryOperation planned = accepted(console.recovery.planException(exception(), null));
    LongPlans plans = plans();
    plans.begin(
        plans.seat(),
        planned,
        goesOn -> {
          clock.advance(Duration.ofSeconds(2));
          assertThat(goesOn.read(3)).isTrue();
          assertThat(soFar(planned)).isEqualTo(Preparation.reading(4, 3, clock.instant()));
          assertThat(goesOn.read(5)).isTrue();
          assertThat(soFar(planned).done()).isEqualTo(3);
          goesOn.found(new Preparation(4, 0, clock.instant()));
          clock.advance(Duration.ofSeconds(2));
          assertThat(goesOn.test(2)).isTrue();
          assertThat(soFar(planned)).isEqualTo(new Preparation(4, 2, clock.instant()));
          assertThat(goesOn.test(3)).isTrue();
          assertThat(soFar(planned).frozen()).isEqualTo(2);
          accepted(console.control.cancel(planned.id(), null));
          clock.advance(Duration.ofSeconds(2));
          assertThat(goesOn.test(3)).isFalse();
        });
    assertThat(world.now(planned).latest().actor()).isEqualTo("support");
  }

  @Test
  void aListThatCannotBeFrozenIsGivenUpAndSaysWhy() {
    assertThat(why(_ -> throwing(new StoreUnavailableException("away", null))))
        .isEqualTo("The storage did not answer");
    assertThat(why(_ -> throwing(new IllegalStateException("a fault of ours"))))
        .isEqualTo("Its list could not be frozen");
    LongPlans closing = plans();
    RecoveryOperation planned = accepted(console.recovery.planException(exception(), null));
    closing.close();
    closing.begin(
        closing.seat(), planned, _ -> throwing(new IllegalStateException("Not asked for")));
    assertThat(world.now(planned).latest().why()).isEqualTo("The console stopped");
  }

  @Test
  void oneListIsFrozenAtATimeAndTheOtherOneShowsThatItWaits() {
    RecoveryOperation first = accepted(console.recovery.planException(exception(), "first"));
    RecoveryOperation second = accepted(console.recovery.planException(exception(), "second"));
    LongPlans plans = LongPlans.onThreads(console.records, clock);
    AtomicBoolean begun = new AtomicBoolean();
    CompletableFuture<Boolean> together = new CompletableFuture<>();

    plans.begin(
        plans.seat(),
        first,
        _ -> {
          clock.advance(Duration.ofSeconds(2));
          plans.begin(plans.seat(), second, _ -> begun.set(true));
          awaitSign(second, begun);
          clock.advance(Duration.ofSeconds(2));
          // Who waits gives a sign again and again; who goes on has given its only one.
          awaitSign(second, begun);
          together.complete(begun.get());
        });

    assertThat(together).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(false);
    await().untilTrue(begun);
  }

  /** Until the waiting list has told that it is there still, or is being frozen. */
  private void awaitSign(RecoveryOperation waiting, AtomicBoolean begun) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> begun.get() || soFar(waiting).at().equals(clock.instant()));
  }

  @Test
  void noMoreThanThreeWaitAndTheNextOneIsRefusedBeforeItIsCollected() {
    for (String key : List.of("one", "two", "three")) {
      accepted(console.recovery.planException(exception(), key));
    }

    assertThat(console.recovery.planException(exception(), "four"))
        .isEqualTo(
            new OperationAnswer.Refused(
                "3 long lists are being prepared already, as many as wait at once; plan this one when one of them is ready, or cancel one of them"));
    assertThat(console.recovery.planMessages(sales, "five"))
        .isInstanceOf(OperationAnswer.Refused.class);
    assertThat(accepted(console.recovery.planException(exception(), "three")).state())
        .isEqualTo(OperationState.PLANNED);
    assertThat(accepted(console.recovery.planMessages(sales.subList(0, 2), "short")).state())
        .isEqualTo(OperationState.PREVIEWED);
    assertThat(background).hasSize(3);

    background.remove().run();
    RecoveryOperation next = accepted(console.recovery.planException(exception(), "four"));
    assertThat(console.recovery.planException(exception(), "six"))
        .isInstanceOf(OperationAnswer.Refused.class);
    accepted(console.control.cancel(next.id(), "Not now"));
    background.removeLast().run();
    assertThat(accepted(console.recovery.planException(exception(), "six")).state())
        .isEqualTo(OperationState.PLANNED);
  }

  @Test
  void whatBecomesLongByEarlierMessagesNeedsRoomToo() {
    world.sale(1, 0);
    world.sale(1, 10);
    Chosen last = Chosen.Several.of(List.of(world.sale(1, 20)));
    for (String key : List.of("one", "two", "three")) {
      accepted(console.recovery.planException(exception(), key));
    }

    assertThat(console.recovery.plan(last, EarlierWish.INCLUDE, "earlier"))
        .isEqualTo(new OperationAnswer.Refused(LongPlans.FULL));
    background.remove().run();
    assertThat(accepted(console.recovery.plan(last, EarlierWish.INCLUDE, "earlier")).state())
        .isEqualTo(OperationState.PLANNED);
  }

  @Test
  void whatIsRefusedOrCannotBeginTakesNoRoom() {
    Instant now = Instant.now();
    ListFilter today =
        new ListFilter(
            null, Set.of(), Set.of(), Set.of(), now.minusSeconds(86_400), now.plusSeconds(3_600));
    for (int i = 0; i < 4; i++) {
      assertThat(console.replays.plan(today, "nowhere", "replay-" + i))
          .isInstanceOf(OperationAnswer.Invalid.class);
    }
    assertThat(accepted(console.recovery.planException(exception(), "one")).state())
        .isEqualTo(OperationState.PLANNED);
  }

  private String why(Consumer<IntPredicate> freezing) {
    RecoveryOperation planned = accepted(console.recovery.planException(exception(), null));
    LongPlans plans = plans();
    plans.begin(plans.seat(), planned, freezing);
    assertThat(world.now(planned).state()).isEqualTo(OperationState.ABANDONED);
    return String.valueOf(world.now(planned).latest().why());
  }

  private LongPlans plans() {
    return new LongPlans(console.records, Runnable::run, clock);
  }

  private static void throwing(RuntimeException e) {
    throw e;
  }
}
