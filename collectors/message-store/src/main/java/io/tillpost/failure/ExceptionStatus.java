package io.tillpost.failure;

/** Where an exception stands in triage. */
public enum ExceptionStatus {
  /** Nobody has done anything about it. */
  NEW("New"),
  /** Somebody has looked at it. */
  OPEN("Open"),
  /** A recovery operation over its messages runs. */
  RECOVERING("Recovering"),
  /** None of its messages is failed any more. */
  RESOLVED("Resolved");

  private final String title;

  ExceptionStatus(String title) {
    this.title = title;
  }

  /** The word on screen. */
  public String title() {
    return title;
  }
}
