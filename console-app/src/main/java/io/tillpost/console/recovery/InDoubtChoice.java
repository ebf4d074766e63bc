package io.tillpost.console.recovery;

/**
 * What becomes of a message of which an earlier attempt was sent and nobody knows whether it
 * reached the target.
 */
public enum InDoubtChoice {
  /** It stays where it is. */
  LEAVE_OUT,
  /** Another attempt is made all the same, which may post it twice; somebody has said why. */
  SEND_ANYWAY
}
