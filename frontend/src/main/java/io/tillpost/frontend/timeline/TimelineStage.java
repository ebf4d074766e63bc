package io.tillpost.frontend.timeline;

/** The stages a timeline can show, by the names of the product's language, in order of the path. */
public enum TimelineStage {
  CAPTURED,
  RECEIVED,
  VALIDATED,
  TRANSFORMED,
  QUEUED,
  SUBMITTED,
  CONFIRMED,
  FAILED,
  DEAD_LETTERED,
  DISCARDED,
  SUPERSEDED
}
