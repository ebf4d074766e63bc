package io.tillpost.recovery;

/**
 * What becomes of a message of a list when an earlier one about the same business object has failed
 * and does not go with it.
 */
public enum EarlierChoice {
  /** It is left out. */
  LEAVE_OUT,
  /** The earlier ones are put on the list, and go first. */
  INCLUDE,
  /**
   * It goes all the same, before the earlier ones that have failed by then; somebody has said why.
   * One that fails later keeps it back.
   */
  SEND_ANYWAY
}
