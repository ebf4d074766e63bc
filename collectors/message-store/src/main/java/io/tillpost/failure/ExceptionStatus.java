package io.tillpost.failure;

/** Where an exception stands in triage. */
public enum ExceptionStatus {
  /** Nobody has done anything about it. */
  NEW("New"),
  /** Somebody has looked at it. */
  OPEN("Open"),
  /** Messages failed again after none had been failed any more; nobody has looked at it since. */
  REGRESSED("Came back"),
  /** Somebody saw it, but it grows fast or is worse than it was ignored for. */
  ESCALATED("Escalating"),
  /** Nobody has to look at it until it becomes worse. */
  IGNORED("Ignored"),
  /** A recovery operation over its messages runs. */
  RECOVERING("Recovering"),
  /** None of its messages is failed any more. */
  RESOLVED("Resolved"),
  /** Its messages, also those that fail later, are another exception's. */
  MERGED("Merged");

  private final String title;

  ExceptionStatus(String title) {
    this.title = title;
  }

  /** Whether somebody should look at it. */
  public boolean isForReview() {
    return this == NEW || this == REGRESSED || this == ESCALATED;
  }

  /** The word on screen. */
  public String title() {
    return title;
  }
}
