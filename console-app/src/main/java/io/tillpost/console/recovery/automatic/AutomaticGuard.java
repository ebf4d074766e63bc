package io.tillpost.console.recovery.automatic;

import io.tillpost.console.recovery.automatic.TriagedFailures.Standing;
import io.tillpost.message.Message;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import java.util.Optional;

/**
 * Looks once more, just before a message goes out by itself: whether it still may, and whether it
 * was not retried so often enough.
 */
public final class AutomaticGuard {
  private final AutomaticRules rules;
  private final TriagedFailures triaged;
  private final AutomaticAttempts attempts;

  public AutomaticGuard(AutomaticRules rules, TriagedFailures triaged, AutomaticAttempts attempts) {
    this.rules = rules;
    this.triaged = triaged;
    this.attempts = attempts;
  }

  /** Why not, as a sentence; empty if it may, or if a person asked for it. */
  public Optional<String> objection(
      RecoveryOperation operation, RecoveryItem item, Message message) {
    if (!operation.isAutomatic()) {
      return Optional.empty();
    }
    Optional<Standing> standing = triaged.of(message);
    if (standing.isEmpty()) {
      return Optional.of("It is not failed any more");
    }
    return switch (rules.of(standing.get())) {
      case AutomaticRules.Verdict.LeftToPeople left -> Optional.of(left.why());
      case AutomaticRules.Verdict.Stopped stopped ->
          Optional.of("Its automatic retry was stopped by " + stopped.by());
      case AutomaticRules.Verdict.Goes goes -> {
        int made = attempts.of(message, item.attempt());
        yield made < goes.how().atMost()
            ? Optional.empty()
            : Optional.of(AutomaticWords.usedUp(made));
      }
    };
  }
}
