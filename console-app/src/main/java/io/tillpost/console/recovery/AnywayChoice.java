package io.tillpost.console.recovery;

/** What becomes of a message that is not sent unless somebody says so, and why. */
public enum AnywayChoice {
  /** It stays where it is. */
  LEAVE_OUT,
  /** It goes all the same; somebody has said why. */
  SEND_ANYWAY
}
