package io.tillpost.alerting.evaluate;

/** Where an alert stands. */
public enum AlertPhase {
  /** The condition does not hold, and did not hold for long enough to fire before. */
  INACTIVE,
  /** The condition holds, but not yet for as long as the rule asks. */
  PENDING,
  /** On-call has to know. */
  FIRING,
  /** Fired, and the condition is gone. */
  RESOLVED
}
