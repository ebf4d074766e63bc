package io.tillpost.recovery;

/** What came of asking a target for a message by its business key. */
public enum TargetAnswer {
  HAS_IT,
  ON_ITS_WAY,
  /** It does not have it, and nothing is on its way. */
  DOES_NOT_HAVE_IT,
  /** It did not say. */
  NO_ANSWER
}
