package io.tillpost.console.recovery;

import io.tillpost.failure.Failure;
import io.tillpost.message.Attempt;
import io.tillpost.message.Latest;
import io.tillpost.message.Message;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import java.util.Optional;

/** Reads from the state of a message what became of an attempt that recovery made. */
public final class Following {
  private static final String GIVEN_UP_IN_DOUBT =
      "The message was discarded; whether this attempt reached the target was not known";

  private Following() {}

  /** Whether nobody knows of an attempt that was made whether it reached the target. */
  public static boolean isInDoubt(RecoveryItem item) {
    // The discard may be taken back, the doubt is not cleared by that.
    return item.state() == ItemState.UNCONFIRMED
        || (item.state() == ItemState.FAILED && GIVEN_UP_IN_DOUBT.equals(item.reason()));
  }

  /** What the message events tell of the attempt of this item; empty while they tell nothing. */
  public static Optional<ItemEvent> outcome(Message message, RecoveryItem item) {
    int attempt = item.attempt();
    // A replay sends again what may have succeeded before: only its own attempt tells.
    int from = item.action() == RecoveryAction.REPLAY ? attempt : 1;
    Optional<Integer> confirmed =
        message.attempts().values().stream()
            .filter(a -> a.number() >= from && a.hasReached(Stage.CONFIRMED))
            .map(Attempt::number)
            .reduce((earlier, later) -> later);
    if (confirmed.isPresent()) {
      int number = confirmed.get();
      return Optional.of(
          number >= attempt
              ? new ItemEvent.Confirmed(number)
              : new ItemEvent.ConfirmedBefore(number));
    }
    Attempt made = message.attempts().get(attempt);
    Optional<ItemEvent> end = made == null ? Optional.empty() : ended(made);
    return end.or(() -> needless(message, item));
  }

  /**
   * The message as a whole was given up, by whatever attempt: nobody looks any more for what became
   * of one of which nothing was heard. A replay may be of what was given up before.
   */
  private static Optional<ItemEvent> needless(Message message, RecoveryItem item) {
    if (item.state() != ItemState.UNCONFIRMED || item.action() == RecoveryAction.REPLAY) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        switch (message.status()) {
          case DISCARDED -> new ItemEvent.AttemptFailed(GIVEN_UP_IN_DOUBT);
          case SUPERSEDED -> new ItemEvent.AttemptFailed("A newer message made it needless");
          case IN_FLIGHT, FAILED, DEAD_LETTERED, CONFIRMED -> null;
        });
  }

  private static Optional<ItemEvent> ended(Attempt made) {
    return Optional.ofNullable(
        switch (made.status()) {
          case FAILED -> new ItemEvent.AttemptFailed("Failed again: " + words(made.failure()));
          case DEAD_LETTERED ->
              new ItemEvent.AttemptFailed("Given up by the middleware: " + words(made.failure()));
          case DISCARDED -> new ItemEvent.AttemptFailed("It was discarded");
          case SUPERSEDED -> new ItemEvent.AttemptFailed("A newer message made it needless");
          case IN_FLIGHT, CONFIRMED -> null;
        });
  }

  private static String words(@org.jspecify.annotations.Nullable Latest<Failure> failure) {
    if (failure == null) {
      return "no reason given";
    }
    Failure f = failure.value();
    return f.message().isBlank() ? f.code() : f.message() + " (" + f.code() + ")";
  }
}
