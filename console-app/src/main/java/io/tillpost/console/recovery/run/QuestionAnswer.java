package io.tillpost.console.recovery.run;

/** What became of the wish to have targets asked. */
public sealed interface QuestionAnswer {
  /** They are being asked, or have been. */
  record Accepted(QuestionProgress progress) implements QuestionAnswer {}

  /** There is no such message or operation. */
  record NotFound(String reason) implements QuestionAnswer {}

  /** It is not for this person; the reason says, in sentences, why and what to do. */
  record Forbidden(String reason) implements QuestionAnswer {}

  /** They cannot be asked now; the reason is a sentence for the person who asked. */
  record Refused(String reason) implements QuestionAnswer {}

  /** The request itself is not right; the reason says what is wrong with it. */
  record Invalid(String reason) implements QuestionAnswer {}
}
