package io.tillpost.console.exceptions;

import io.tillpost.failure.ExceptionGroup;

/** What became of an act of triage. */
public sealed interface TriageAnswer {
  /** It is done; the exception is like this now. */
  record Done(ExceptionGroup exception) implements TriageAnswer {}

  /** It cannot be done; the reason is a sentence for the person who wanted to. */
  record Invalid(String reason) implements TriageAnswer {}
}
