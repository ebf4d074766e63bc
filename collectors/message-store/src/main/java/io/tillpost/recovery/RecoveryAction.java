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

  /**
   * Whether that action may be tried with what an operation of this one did not bring to its end:
   * after a retry another retry or a discard, after a discard another discard. What was corrected
   * is corrected again and what was replayed is replayed: a retry would send something else.
   */
  public boolean hasRestFor(RecoveryAction next) {
    return switch (this) {
      case RETRY -> next == RETRY || next == DISCARD || next == EDIT_AND_RETRY;
      case DISCARD -> next == DISCARD;
      case EDIT_AND_RETRY -> next == DISCARD || next == EDIT_AND_RETRY;
      case REPLAY -> next == REPLAY;
      case RESTORE -> false;
    };
  }

  /** Whether it is only written down here, without a request to the middleware. */
  public boolean onlyRecorded() {
    return this == DISCARD || this == RESTORE;
  }
}
