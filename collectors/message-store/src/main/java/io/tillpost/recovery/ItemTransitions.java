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

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one place that says how the state of an item may change. */
public final class ItemTransitions {
  private ItemTransitions() {}

  /**
   * The state after the event, which may be the same one; empty where the event means nothing in
   * this state, as when an answer comes after the message events have already told the outcome.
   */
  public static Optional<ItemState> next(ItemState state, ItemEvent event) {
    return Optional.ofNullable(
        switch (state) {
          case PLANNED -> afterPlanned(event);
          case CLAIMED -> afterClaimed(event);
          case SENT -> event instanceof ItemEvent.DeadlinePassed ? UNCONFIRMED : told(event);
          case UNCONFIRMED -> afterUnconfirmed(event);
          case CONFIRMED, FAILED, SKIPPED, REFUSED, ALREADY_DONE, REJECTED, DISCARDED, RESTORED ->
              null;
        });
  }

  private static @Nullable ItemState afterPlanned(ItemEvent event) {
    return switch (event) {
      case ItemEvent.Skipped _, ItemEvent.Cancelled _ -> SKIPPED;
      case ItemEvent.Waits _ -> PLANNED;
      case ItemEvent.DispatchStarted _, ItemEvent.RecordStarted _ -> CLAIMED;
      default -> null;
    };
  }

  private static @Nullable ItemState afterClaimed(ItemEvent event) {
    return switch (event) {
      case ItemEvent.DispatchStarted _, ItemEvent.SlowDown _, ItemEvent.OutcomeUnknown _ -> CLAIMED;
      case ItemEvent.Taken _ -> SENT;
      case ItemEvent.HadAlready _ -> ALREADY_DONE;
      case ItemEvent.Refused _ -> REFUSED;
      case ItemEvent.Rejected _ -> REJECTED;
      case ItemEvent.DeadlinePassed _ -> UNCONFIRMED;
      case ItemEvent.Cancelled _ -> SKIPPED;
      case ItemEvent.Discarded _ -> DISCARDED;
      case ItemEvent.Restored _ -> RESTORED;
      case ItemEvent.Skipped _,
          ItemEvent.Waits _,
          ItemEvent.RecordStarted _,
          ItemEvent.TargetAnswered _,
          ItemEvent.Settled _ ->
          null;
      case ItemEvent.Confirmed _,
          ItemEvent.ConfirmedBefore _,
          ItemEvent.AttemptFailed _,
          ItemEvent.FoundInTarget _ ->
          told(event);
    };
  }

  private static @Nullable ItemState afterUnconfirmed(ItemEvent event) {
    return switch (event) {
      case ItemEvent.TargetAnswered answered -> said(answered);
      case ItemEvent.Settled settled -> settled.found() ? ALREADY_DONE : FAILED;
      default -> told(event);
    };
  }

  /** Only what the target has is known; everything else leaves the doubt. */
  private static ItemState said(ItemEvent.TargetAnswered answered) {
    return answered.asked().answer() == TargetAnswer.HAS_IT ? ALREADY_DONE : UNCONFIRMED;
  }

  /** What message events tell, whatever the channel said or did not say before. */
  private static @Nullable ItemState told(ItemEvent event) {
    return switch (event) {
      case ItemEvent.Confirmed _ -> CONFIRMED;
      case ItemEvent.ConfirmedBefore _, ItemEvent.FoundInTarget _ -> ALREADY_DONE;
      case ItemEvent.AttemptFailed _ -> FAILED;
      default -> null;
    };
  }
}
