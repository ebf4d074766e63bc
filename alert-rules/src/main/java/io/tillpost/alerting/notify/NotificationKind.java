package io.tillpost.alerting.notify;

import io.tillpost.alerting.evaluate.AlertPhase;

/** What a mail says. */
public enum NotificationKind {
  /** The alert fires. */
  FIRING("FIRING", AlertPhase.FIRING),
  /** It still fires, and nobody has acknowledged it. */
  STILL_FIRING("STILL FIRING", AlertPhase.FIRING),
  /** All clear. */
  RESOLVED("RESOLVED", AlertPhase.RESOLVED),
  /** Somebody asks a person for something; it is of no alert. */
  MENTION("MENTION", AlertPhase.INACTIVE);

  private final String words;
  private final AlertPhase phase;

  NotificationKind(String words, AlertPhase phase) {
    this.words = words;
    this.phase = phase;
  }

  /** As it stands in a subject, between brackets. */
  public String words() {
    return words;
  }

  /** The state of the alert that people know of after this mail; inactive where it is of none. */
  public AlertPhase phase() {
    return phase;
  }
}
