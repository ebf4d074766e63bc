package io.tillpost.estate.middleware;

/** What the target of a message knows of it. */
public enum Standing {
  /** It has it. */
  POSTED,
  /** It does not have it yet, and an attempt is under way. */
  PENDING,
  /** It does not have it, and nothing is under way. */
  ABSENT
}
