package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.channel.ChannelAnswer;
import io.tillpost.recovery.ItemState;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * Watches what one operation sees and what all operations see at its targets, and says when it
 * should pause. Begins anew whenever the operation goes on.
 */
final class RunHealth {
  private static final HealthRecord.Subject OWN = new HealthRecord.Subject("messages", "");

  private final String operation;
  private final TargetHealth targets;
  private final HealthRecord own;
  private volatile long since;

  RunHealth(String operation, TargetHealth targets) {
    this.operation = operation;
    this.targets = targets;
    this.own = new HealthRecord(targets.bounds());
    this.since = targets.latest();
  }

  /**
   * An answer to a message for that target came, or none in time.
   *
   * @param again whether it is one of several for that message, which counts once
   */
  void answered(String target, ChannelAnswer answer, Duration after, boolean again) {
    if (answer instanceof ChannelAnswer.NotReached || answer instanceof ChannelAnswer.SlowDown) {
      // The channel's gate waits for it; that says nothing of the messages.
      return;
    }
    long number = targets.next();
    // Its own record before the target's: see objection.
    own.took(operation, number, after);
    targets.took(target, operation, number, after);
    if (answer instanceof ChannelAnswer.Unknown && !again) {
      ended(target, ItemState.UNCONFIRMED);
    }
  }

  /** A message for that target came to its outcome. */
  void ended(String target, ItemState state) {
    if (state != ItemState.SKIPPED) {
      long number = targets.next();
      own.ended(operation, number, failed(state));
      targets.ended(target, operation, number, state);
    }
  }

  /**
   * Why the operation should pause, as a sentence; empty if it need not.
   *
   * @param ahead the targets for which it has messages left
   */
  Optional<String> objection(Collection<String> ahead) {
    long from = since;
    // Its own record is asked after the targets' and is written before them: whatever a target's
    // record showed of this operation, its own shows too, and that is what is said.
    Optional<String> ofTargets =
        ahead.stream()
            .distinct()
            .sorted()
            .flatMap(target -> targets.objection(target, operation, from).stream())
            .findFirst();
    return own.objection(operation, from, OWN, OWN).or(() -> ofTargets);
  }

  /** What was seen so far is over. */
  void beginAnew() {
    since = targets.latest();
  }

  /** Whether a message that ended so needs somebody. */
  static boolean failed(ItemState state) {
    return switch (state) {
      case FAILED, REFUSED, REJECTED, UNCONFIRMED -> true;
      case CONFIRMED, ALREADY_DONE, SKIPPED, DISCARDED, RESTORED, PLANNED, CLAIMED, SENT -> false;
    };
  }
}
