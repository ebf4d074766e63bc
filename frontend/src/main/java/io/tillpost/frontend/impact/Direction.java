package io.tillpost.frontend.impact;

/** Where things are going. Shown as a word and an arrow. */
public enum Direction {
  /** Getting worse. */
  WORSE,
  /** About the same. */
  STEADY,
  /** Getting better. */
  BETTER,
  /** Not known yet: nothing is shown. */
  UNKNOWN
}
