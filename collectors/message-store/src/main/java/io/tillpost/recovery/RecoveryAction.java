package io.tillpost.recovery;

/** What a recovery operation asks the middleware to do. */
public enum RecoveryAction {
  /** Process a failed message again: same message, next attempt. */
  RETRY,
  /** A retry with a corrected payload. */
  EDIT_AND_RETRY,
  /** Send a recorded message again, also one that succeeded. */
  REPLAY,
  /** Give a message up; nothing is sent to the middleware. */
  DISCARD,
  /** Take a discard back; nothing is sent to the middleware. */
  RESTORE;

  /** Whether it is only written down here, without a request to the middleware. */
  public boolean onlyRecorded() {
    return this == DISCARD || this == RESTORE;
  }
}
