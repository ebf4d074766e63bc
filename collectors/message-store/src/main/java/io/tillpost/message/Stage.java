package io.tillpost.message;

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
  SUPERSEDED;

  /** Whether this stage lies on the path from the source to the target. */
  public boolean isOnPath() {
    return compareTo(CONFIRMED) <= 0;
  }

  /** Whether an event of this stage must say why: {@code FAILED} and {@code DEAD_LETTERED}. */
  public boolean needsFailure() {
    return this == FAILED || this == DEAD_LETTERED;
  }
}
