package io.tillpost.console.recovery;

import io.tillpost.recovery.ItemState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Watches the latest outcomes and answers of one operation, and says when it should pause. Begins
 * anew whenever the operation goes on.
 */
final class RunHealth {
  private static final int OUTCOMES = 50;
  private static final int ANSWERS = 20;

  private final StartProperties bounds;
  private final Deque<Boolean> failures = new ArrayDeque<>();
  private final Deque<Duration> answers = new ArrayDeque<>();

  RunHealth(StartProperties bounds) {
    this.bounds = bounds;
  }

  /** An answer came, or none in time. */
  synchronized void answered(ChannelAnswer answer, Duration after) {
    if (answer instanceof ChannelAnswer.NotReached || answer instanceof ChannelAnswer.SlowDown) {
      // The channel's gate waits for it; that says nothing of the messages.
      return;
    }
    keep(answers, after, ANSWERS);
    if (answer instanceof ChannelAnswer.Unknown) {
      keep(failures, true, OUTCOMES);
    }
  }

  /** A message came to its outcome. */
  synchronized void ended(ItemState state) {
    if (state != ItemState.SKIPPED) {
      keep(failures, failed(state), OUTCOMES);
    }
  }

  /** Why the operation should pause, as a sentence; empty if it need not. */
  synchronized Optional<String> objection() {
    long failed = failures.stream().filter(f -> f).count();
    if (failures.size() >= bounds.judgeFrom()
        && failed * 100 > (long) bounds.pauseAbove() * failures.size()) {
      return Optional.of(
          "%d of the latest %d messages failed, more than %d %%"
              .formatted(failed, failures.size(), bounds.pauseAbove()));
    }
    Duration median =
        answers.stream().sorted().skip(answers.size() / 2).findFirst().orElse(Duration.ZERO);
    if (answers.size() >= bounds.judgeFrom() && median.compareTo(bounds.pauseSlower()) > 0) {
      return Optional.of(
          "Half of the latest %d answers took longer than %s"
              .formatted(answers.size(), words(bounds.pauseSlower())));
    }
    return Optional.empty();
  }

  /** Forgets what it has seen. */
  synchronized void beginAnew() {
    failures.clear();
    answers.clear();
  }

  /** Whether a message that ended so needs somebody. */
  static boolean failed(ItemState state) {
    return switch (state) {
      case FAILED, REFUSED, REJECTED, UNCONFIRMED -> true;
      case CONFIRMED, ALREADY_DONE, SKIPPED, DISCARDED, RESTORED, PLANNED, CLAIMED, SENT -> false;
    };
  }

  private static String words(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  private static <T> void keep(Deque<T> latest, T one, int most) {
    latest.addLast(one);
    if (latest.size() > most) {
      latest.removeFirst();
    }
  }
}
