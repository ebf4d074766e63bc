package io.tillpost.console.recovery;

/** Brings reasons together that differ in an id only, so that a preview counts kinds of reasons. */
final class SkipReasons {
  private static final String SUPERSEDED = "Superseded";
  private static final String BREAKS = "It would break the schema ";

  private SkipReasons() {}

  /** The reason without what differs from message to message. */
  static String counted(String reason) {
    if (reason.startsWith(BREAKS)) {
      return "With this value they would break the schema of their payload";
    }
    return reason.startsWith(SUPERSEDED) ? "Superseded by a newer message" : reason;
  }

  /** In words, of a correction that does not fit the schema of that name. */
  static String breaking(String schema, String why) {
    return BREAKS + schema + ": " + why;
  }

  /** In words, of a newer message on the same list. */
  static String supersededBy(String messageId) {
    return SUPERSEDED + ": the newer message " + messageId + " is on this list";
  }
}
