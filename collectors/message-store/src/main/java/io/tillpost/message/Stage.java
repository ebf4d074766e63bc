package io.tillpost.message;

import java.util.Objects;

/**
 * How far a message has come. The first seven are the path, in this order; the others are off it.
 */
public enum Stage {
  /** At the source: the till or the system that made the document. */
  CAPTURED,
  /** The middleware has it. */
  RECEIVED,
  VALIDATED,
  TRANSFORMED,
  QUEUED,
  /** Handed to the target; not yet confirmed. */
  SUBMITTED,
  /** The target has it. */
  CONFIRMED,
  /** The attempt ended with a failure. */
  FAILED,
  /** The middleware gave up and put the message aside. */
  DEAD_LETTERED,
  /** Somebody decided that it need not arrive. */
  DISCARDED,
  /** A newer message made this one needless. */
  SUPERSEDED,
  /** Somebody took a discard back: the attempt stands as it did before. */
  RESTORED;

  /**
   * Whether the latest report of this stage counts, not the earliest: of a discard and what takes
   * it back the last word counts, and both may be said again.
   */
  boolean countsLatest() {
    return this == DISCARDED || this == RESTORED;
  }

  /** Of two reports of this stage, the one that counts. */
  <T> Latest<T> counting(Latest<T> a, Latest<T> b) {
    return countsLatest() ? Objects.requireNonNull(Latest.later(a, b)) : Latest.earlier(a, b);
  }

  /** Whether this stage lies on the path from the source to the target. */
  public boolean isOnPath() {
    return compareTo(CONFIRMED) <= 0;
  }

  /** Whether an event of this stage must say why: {@code FAILED} and {@code DEAD_LETTERED}. */
  public boolean needsFailure() {
    return this == FAILED || this == DEAD_LETTERED;
  }
}
