package io.tillpost.failure;

/** What happens to an exception. */
public enum ExceptionEvent {
  /** Somebody classified, assigned or commented. */
  ACTED_ON,
  /** Somebody let it be until it becomes worse. */
  IGNORED,
  /** Somebody took that back. */
  NOTICED,
  /** It became worse than it was ignored for, or grows fast. */
  WORSENED,
  /** A recovery operation over its messages began. */
  RECOVERY_STARTED,
  /** That operation came to its end. */
  RECOVERY_ENDED,
  /** None of its messages is failed any more. */
  EMPTIED,
  /** Messages failed again after it had been resolved. */
  RETURNED,
  /** Somebody put it into another one. */
  MERGED_AWAY,
  /** Somebody put another one into it. */
  ENLARGED,
  /** Somebody took it out of the other one again. */
  TAKEN_APART
}
