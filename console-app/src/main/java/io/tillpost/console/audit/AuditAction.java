package io.tillpost.console.audit;

/** What was done. */
public enum AuditAction {
  CLASSIFY("Classified"),
  ASSIGN("Assigned"),
  SET_OWNER_SIDE("Set the owner side"),
  COMMENT("Commented"),
  RETRY("Retried"),
  ACKNOWLEDGE_ALERT("Acknowledged an alert"),
  LOG_IN("Logged in"),
  LOG_OUT("Logged out"),
  EXPORT("Exported"),
  ADMINISTER("Administered");

  private final String title;

  AuditAction(String title) {
    this.title = title;
  }

  /** The words on screen. */
  public String title() {
    return title;
  }
}
