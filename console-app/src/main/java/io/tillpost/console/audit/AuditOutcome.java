package io.tillpost.console.audit;

/** What became of an act. */
public enum AuditOutcome {
  /** Written before the act; it stays so where the console died in between. */
  NOT_KNOWN("Not known"),
  DONE("Done"),
  /** The act was turned down; nothing was changed. */
  REFUSED("Refused"),
  /** The act ended with an error; what was changed is not certain. */
  FAILED("Failed");

  private final String title;

  AuditOutcome(String title) {
    this.title = title;
  }

  /** The words on screen. */
  public String title() {
    return title;
  }
}
