package io.tillpost.console.exceptions;

import io.tillpost.console.text.MomentText;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The latest recovery operation over an exception that began, and what became of it.
 *
 * @param operationId names it
 * @param by the user name of who asked for it, or {@link RecoveryOperation#AUTOMATIC}
 * @param at when it began
 * @param counts of its messages by state, as asked just now; states without a message are left out
 * @param ownStoresOnly whether only messages of the stores of who asks are counted
 * @param ofThisOnly whether its list came from several exceptions, from messages or from a filter:
 *     then only its messages of this exception are counted
 */
public record LastRecovery(
    String operationId,
    RecoveryAction action,
    String by,
    Instant at,
    OperationState state,
    Map<ItemState, Long> counts,
    boolean ownStoresOnly,
    boolean ofThisOnly) {

  /** What became of it, as far as one filters by it. */
  public enum Result {
    /** There was none, or none of its messages is of the stores of who asks. */
    NONE("none"),
    /** It is under way, also paused or being cancelled. */
    RUNNING("running"),
    /** It is at its end, and it did not come about with all of its messages. */
    LEFT_A_REST("left a rest"),
    /** It is at its end, and it came about with all of its messages. */
    ALL_DONE("all done");

    private final String words;

    Result(String words) {
      this.words = words;
    }

    /** Within a sentence. */
    public String words() {
      return words;
    }
  }

  /** How many it came about with is said first; these are said of the others, in this order. */
  private static final Map<ItemState, String> OTHERS = others();

  public LastRecovery {
    counts = counts.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(counts));
  }

  /** How many messages it has, of those that are counted. */
  public long messages() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** With how many of them it came about: the target has them, or they are discarded. */
  public long done() {
    return count(ItemState.CONFIRMED)
        + count(ItemState.ALREADY_DONE)
        + count(ItemState.DISCARDED)
        + count(ItemState.RESTORED);
  }

  /** What became of it. */
  public Result result() {
    if (ownStoresOnly && messages() == 0) {
      return Result.NONE;
    }
    if (state.active()) {
      return Result.RUNNING;
    }
    return done() < messages() ? Result.LEFT_A_REST : Result.ALL_DONE;
  }

  /**
   * Like {@code Retry by support, 14:02 CET: 96 of 100 confirmed, 4 unconfirmed} or {@code Retry by
   * support, 14:02 CET: running: 12 of 100}.
   */
  public String words(ZoneId zone, Instant now) {
    return "%s, %s: %s".formatted(who(), MomentText.minute(at, zone, now), outcome());
  }

  private String who() {
    String name =
        switch (action) {
          case RETRY -> "Retry";
          case EDIT_AND_RETRY -> "Edit and retry";
          case REPLAY -> "Replay";
          case DISCARD -> "Discard";
          case RESTORE -> "Restore";
        };
    return by.equals(RecoveryOperation.AUTOMATIC) ? "Automatic retry" : name + " by " + by;
  }

  private String outcome() {
    if (messages() == 0) {
      // What was written just now is seen a moment later.
      return ownStoresOnly ? "no message of your stores" : standing();
    }
    String own = counted();
    if (state.active()) {
      long ended = messages() - open();
      return "%s: %s%,d of %,d".formatted(standing(), own, ended, messages());
    }
    String done =
        switch (action) {
          case RETRY, EDIT_AND_RETRY, REPLAY -> "confirmed";
          case DISCARD -> "discarded";
          case RESTORE -> "restored";
        };
    return Stream.concat(
            Stream.of("%s%,d of %,d %s".formatted(own, done(), messages(), done)),
            OTHERS.entrySet().stream()
                .filter(other -> count(other.getKey()) > 0)
                .map(other -> "%,d %s".formatted(count(other.getKey()), other.getValue())))
        .collect(
            Collectors.joining(", ", state == OperationState.CANCELLED ? "cancelled: " : "", ""));
  }

  private String counted() {
    if (ofThisOnly) {
      return ownStoresOnly ? "of this exception in your stores " : "of this exception ";
    }
    return ownStoresOnly ? "of your stores " : "";
  }

  private String standing() {
    return switch (state) {
      case PAUSED -> "paused";
      case CANCELLING -> "being cancelled";
      case CANCELLED -> "cancelled";
      case FINISHED -> "finished";
      case PLANNED, PREVIEWED, AWAITING_APPROVAL, CANARY, RUNNING, ABANDONED -> "running";
    };
  }

  private long open() {
    return Stream.of(ItemState.values()).filter(ItemState::open).mapToLong(this::count).sum();
  }

  private long count(ItemState one) {
    return Objects.requireNonNullElse(counts.get(one), 0L);
  }

  private static Map<ItemState, String> others() {
    Map<ItemState, String> others = new EnumMap<>(ItemState.class);
    others.put(ItemState.FAILED, "failed again");
    others.put(ItemState.UNCONFIRMED, "unconfirmed");
    others.put(ItemState.REFUSED, "refused");
    others.put(ItemState.REJECTED, "rejected");
    others.put(ItemState.SKIPPED, "left out");
    return others;
  }
}
