package io.tillpost.console.recovery;

import io.tillpost.message.Attempt;
import io.tillpost.message.Latest;
import io.tillpost.message.Message;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryClaim;
import io.tillpost.recovery.RecoveryItem;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What earlier operations did for a message that its events do not show: not yet, or never, also
 * where they speak of a later attempt by now. Asked of claims by their ids, in real time; never of
 * a search.
 */
public final class EarlierClaims {
  /** The first attempt that is not the message's own. */
  public static final int FIRST = 2;

  private final Source source;

  public EarlierClaims(RecoveryRecords records) {
    this(
        new Source() {
          @Override
          public Optional<RecoveryClaim> claim(String messageId, int attempt) {
            return records.claim(messageId, attempt);
          }

          @Override
          public Optional<RecoveryItem> itemOf(RecoveryClaim claim) {
            return records.itemOf(claim);
          }
        });
  }

  /**
   * @param source reads in real time
   */
  public EarlierClaims(Source source) {
    this.source = source;
  }

  /** Where claims are looked up by their ids. */
  interface Source {
    /** The claim of that attempt. */
    Optional<RecoveryClaim> claim(String messageId, int attempt);

    /** The item of the operation that holds the claim. */
    Optional<RecoveryItem> itemOf(RecoveryClaim claim);
  }

  /**
   * The attempt that a retry may make: one more than every attempt known.
   *
   * @param highest attempt that the message's events speak of
   */
  public int nextAttempt(String messageId, int highest) {
    int attempt = highest + 1;
    while (source.claim(messageId, attempt).isPresent()) {
      attempt++;
    }
    return attempt;
  }

  /**
   * Why the attempt may not be made because of an earlier one that was claimed but that no message
   * event speaks of; empty if it may.
   *
   * @param action what is to be done: who gives up what the target has already does no harm, and
   *     there is no other way to say that nobody has to see to it
   * @param message as it is known, perhaps a second old
   * @param attempt to be made
   * @param doubtAllowed whether a person has looked at this message by itself and accepts that the
   *     outcome of an earlier attempt is not known
   */
  public Optional<String> objection(
      RecoveryAction action, Message message, int attempt, boolean doubtAllowed) {
    return untold(message, attempt)
        .mapToObj(earlier -> source.claim(message.id().value(), earlier))
        .flatMap(Optional::stream)
        .flatMap(claim -> objection(action, message, claim, doubtAllowed).stream())
        .findFirst();
  }

  /** Whether nobody knows of an earlier attempt that was claimed whether it got through. */
  public boolean inDoubt(Message message, int attempt) {
    return doubtful(message, attempt).isPresent();
  }

  /** The first earlier attempt that was claimed of which nobody knows whether it got through. */
  public Optional<RecoveryItem> doubtful(Message message, int attempt) {
    return untold(message, attempt)
        .mapToObj(earlier -> source.claim(message.id().value(), earlier).flatMap(source::itemOf))
        .flatMap(Optional::stream)
        .filter(Following::isInDoubt)
        .findFirst();
  }

  /** The earlier attempts of which no event says how they ended. */
  private static IntStream untold(Message message, int attempt) {
    return IntStream.range(FIRST, attempt).filter(earlier -> !isTold(message, earlier));
  }

  private static boolean isTold(Message message, int attempt) {
    Attempt made = message.attempts().get(attempt);
    return made != null
        && (made.status() != MessageStatus.IN_FLIGHT
            || attempt == message.currentAttempt().number());
  }

  private Optional<String> objection(
      RecoveryAction action, Message message, RecoveryClaim claim, boolean doubtAllowed) {
    Optional<RecoveryItem> item = source.itemOf(claim);
    if (item.isEmpty()) {
      return Optional.empty();
    }
    ItemState state = item.get().state();
    if (state.open()) {
      return Optional.of(claimedBy(claim));
    }
    return switch (state) {
      case CONFIRMED, ALREADY_DONE ->
          action == RecoveryAction.DISCARD
              ? Optional.empty()
              : Optional.of(
                  "The target has it already, by attempt %d of %s"
                      .formatted(claim.attempt(), claim.claimedBy()));
      case UNCONFIRMED, FAILED ->
          doubtAllowed || !Following.isInDoubt(item.get())
              ? Optional.empty()
              : Optional.of(
                  "Whether attempt %d reached the target is not known; look at this message by itself"
                      .formatted(claim.attempt()));
      case DISCARDED ->
          restoredSince(message, claim)
              ? Optional.empty()
              : Optional.of("It was discarded by " + claim.claimedBy());
      default -> Optional.empty();
    };
  }

  /** Whether what is known of the message is newer than the discard that was claimed. */
  private static boolean restoredSince(Message message, RecoveryClaim claim) {
    return message.attempts().values().stream()
        .flatMap(attempt -> Optional.ofNullable(attempt.reached().get(Stage.RESTORED)).stream())
        .map(Latest::time)
        .anyMatch(restored -> restored.isAfter(claim.claimedAt()));
  }

  /** In words. */
  static String claimedBy(RecoveryClaim claim) {
    return "Attempt %d is being made by %s".formatted(claim.attempt(), claim.claimedBy());
  }
}
