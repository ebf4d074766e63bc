package io.tillpost.recovery;

import static io.tillpost.recovery.ItemState.ALREADY_DONE;
import static io.tillpost.recovery.ItemState.CLAIMED;
import static io.tillpost.recovery.ItemState.CONFIRMED;
import static io.tillpost.recovery.ItemState.DISCARDED;
import static io.tillpost.recovery.ItemState.FAILED;
import static io.tillpost.recovery.ItemState.PLANNED;
import static io.tillpost.recovery.ItemState.REFUSED;
import static io.tillpost.recovery.ItemState.REJECTED;
import static io.tillpost.recovery.ItemState.RESTORED;
import static io.tillpost.recovery.ItemState.SENT;
import static io.tillpost.recovery.ItemState.SKIPPED;
import static io.tillpost.recovery.ItemState.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ItemTransitionsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");

  private static final List<ItemEvent> EVENTS =
      List.of(
          new ItemEvent.Skipped("confirmed already"),
          new ItemEvent.Waits("other-operation:sale-1", "an older one goes first"),
          new ItemEvent.Cancelled("cancelled by support"),
          new ItemEvent.DispatchStarted("console-1", NOW, NOW, "t"),
          new ItemEvent.RecordStarted(),
          new ItemEvent.Discarded(),
          new ItemEvent.Restored(),
          new ItemEvent.Taken(NOW),
          new ItemEvent.HadAlready("409"),
          new ItemEvent.Refused("422"),
          new ItemEvent.Rejected("404"),
          new ItemEvent.SlowDown(NOW, "429"),
          new ItemEvent.OutcomeUnknown(NOW, "timeout"),
          new ItemEvent.Confirmed(2),
          new ItemEvent.ConfirmedBefore(1),
          new ItemEvent.AttemptFailed("TAX_CODE_UNKNOWN"),
          new ItemEvent.FoundInTarget("asked"),
          answered(TargetAnswer.DOES_NOT_HAVE_IT),
          new ItemEvent.Settled(true, "It is in the target, says support"),
          new ItemEvent.DeadlinePassed());

  /** What is not in here means nothing in that state. */
  private static final Map<ItemState, Map<Class<? extends ItemEvent>, ItemState>> TABLE =
      Map.of(
          PLANNED,
          Map.of(
              ItemEvent.Skipped.class,
              SKIPPED,
              ItemEvent.Cancelled.class,
              SKIPPED,
              ItemEvent.Waits.class,
              PLANNED,
              ItemEvent.DispatchStarted.class,
              CLAIMED,
              ItemEvent.RecordStarted.class,
              CLAIMED),
          CLAIMED,
          Map.ofEntries(
              Map.entry(ItemEvent.DispatchStarted.class, CLAIMED),
              Map.entry(ItemEvent.Cancelled.class, SKIPPED),
              Map.entry(ItemEvent.Discarded.class, DISCARDED),
              Map.entry(ItemEvent.Restored.class, RESTORED),
              Map.entry(ItemEvent.SlowDown.class, CLAIMED),
              Map.entry(ItemEvent.OutcomeUnknown.class, CLAIMED),
              Map.entry(ItemEvent.Taken.class, SENT),
              Map.entry(ItemEvent.HadAlready.class, ALREADY_DONE),
              Map.entry(ItemEvent.Refused.class, REFUSED),
              Map.entry(ItemEvent.Rejected.class, REJECTED),
              Map.entry(ItemEvent.Confirmed.class, CONFIRMED),
              Map.entry(ItemEvent.ConfirmedBefore.class, ALREADY_DONE),
              Map.entry(ItemEvent.FoundInTarget.class, ALREADY_DONE),
              Map.entry(ItemEvent.AttemptFailed.class, FAILED),
              Map.entry(ItemEvent.DeadlinePassed.class, UNCONFIRMED)),
          SENT,
          Map.of(
              ItemEvent.Confirmed.class,
              CONFIRMED,
              ItemEvent.ConfirmedBefore.class,
              ALREADY_DONE,
              ItemEvent.FoundInTarget.class,
              ALREADY_DONE,
              ItemEvent.AttemptFailed.class,
              FAILED,
              ItemEvent.DeadlinePassed.class,
              UNCONFIRMED),
          UNCONFIRMED,
          Map.of(
              ItemEvent.Confirmed.class,
              CONFIRMED,
              ItemEvent.ConfirmedBefore.class,
              ALREADY_DONE,
              ItemEvent.FoundInTarget.class,
              ALREADY_DONE,
              ItemEvent.TargetAnswered.class,
              UNCONFIRMED,
              ItemEvent.Settled.class,
              ALREADY_DONE,
              ItemEvent.AttemptFailed.class,
              FAILED));

  @Test
  void onlyATargetThatHasItEndsTheDoubt() {
    for (TargetAnswer answer : TargetAnswer.values()) {
      assertThat(ItemTransitions.next(UNCONFIRMED, answered(answer)))
          .contains(answer == TargetAnswer.HAS_IT ? ALREADY_DONE : UNCONFIRMED);
    }
  }

  @Test
  void whoLookedIntoTheTargetAndFoundNothingMakesItFailedAndOnlyWhereNobodyKnew() {
    ItemEvent notThere = new ItemEvent.Settled(false, "It is not in the target, says support");
    for (ItemState state : ItemState.values()) {
      assertThat(ItemTransitions.next(state, notThere))
          .isEqualTo(state == UNCONFIRMED ? Optional.of(FAILED) : Optional.empty());
    }
  }

  private static ItemEvent answered(TargetAnswer answer) {
    return new ItemEvent.TargetAnswered(new TargetAsked("q", "support", NOW, answer), "It says so");
  }

  static Stream<Arguments> everyStateAndEvent() {
    return Arrays.stream(ItemState.values())
        .flatMap(
            state ->
                EVENTS.stream()
                    .map(
                        event ->
                            arguments(
                                state,
                                event,
                                TABLE.getOrDefault(state, Map.of()).get(event.getClass()))));
  }

  @ParameterizedTest(name = "{0} and {1} make {2}")
  @MethodSource("everyStateAndEvent")
  void anItemGoesFromStateToStateAsTheTableSays(ItemState state, ItemEvent event, ItemState next) {
    assertThat(ItemTransitions.next(state, event)).isEqualTo(Optional.ofNullable(next));
  }
}
