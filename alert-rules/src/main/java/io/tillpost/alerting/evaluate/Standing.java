package io.tillpost.alerting.evaluate;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of an alert. {@link #next} is the only way from one state to another.
 *
 * @param phase the state
 * @param since when this state began
 * @param heldSince when the condition began to hold without a break; null while it does not hold
 * @param lastHeld when the condition was last found to hold; null if it never was
 */
public record Standing(
    AlertPhase phase, Instant since, @Nullable Instant heldSince, @Nullable Instant lastHeld) {
  /** The state of an alert that nothing is known of. */
  public static Standing inactive(Instant now) {
    return new Standing(AlertPhase.INACTIVE, now, null, null);
  }

  /**
   * The state after an evaluation.
   *
   * @param holds whether the condition holds now
   * @param now not before the evaluation of before
   * @param holdFor how long it has to hold before the alert fires; zero for at once
   * @param keepFiringFor how long it has to be gone before the alert is resolved; zero for at once
   */
  public Standing next(boolean holds, Instant now, Duration holdFor, Duration keepFiringFor) {
    return holds ? held(now, holdFor) : gone(now, keepFiringFor);
  }

  private Standing held(Instant now, Duration holdFor) {
    Instant from = heldSince == null ? now : heldSince;
    AlertPhase to =
        switch (phase) {
          case FIRING -> AlertPhase.FIRING;
          case INACTIVE, PENDING, RESOLVED ->
              now.isBefore(from.plus(holdFor)) ? AlertPhase.PENDING : AlertPhase.FIRING;
        };
    return new Standing(to, to == phase ? since : now, from, now);
  }

  private Standing gone(Instant now, Duration keepFiringFor) {
    AlertPhase to =
        switch (phase) {
          case INACTIVE, PENDING -> AlertPhase.INACTIVE;
          case RESOLVED -> AlertPhase.RESOLVED;
          case FIRING -> {
            Instant last = lastHeld == null ? since : lastHeld;
            yield now.isBefore(last.plus(keepFiringFor)) ? AlertPhase.FIRING : AlertPhase.RESOLVED;
          }
        };
    return new Standing(to, to == phase ? since : now, null, lastHeld);
  }
}
