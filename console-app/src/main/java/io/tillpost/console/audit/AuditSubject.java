package io.tillpost.console.audit;

/**
 * To what it was done.
 *
 * @param kind of thing
 * @param id of the thing, like a message id or a fingerprint; never blank
 */
public record AuditSubject(Kind kind, String id) {
  /** Kinds of things that can be acted on. */
  public enum Kind {
    EXCEPTION("Exception"),
    LIST("List"),
    MESSAGE("Message"),
    OPERATION("Operation"),
    TARGET("Target"),
    ALERT("Alert"),
    PARKED_RECORD("Parked record"),
    SENDER("Sender"),
    OPERATOR("Operator"),
    VIEW("View"),
    AUDIT("Audit"),
    SETTING("Setting");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** The word on screen. */
    public String title() {
      return title;
    }
  }
}
