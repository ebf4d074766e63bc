package io.tillpost.console.recovery.target;

/** What became of the wish to freeze a target or to lift its freeze. */
public sealed interface FreezeAnswer {
  /** It is so; the target as it is now. */
  record Done(TargetStanding target) implements FreezeAnswer {}

  /** There is no such target; what to do about it, as sentences. */
  record NotFound(String reason) implements FreezeAnswer {}

  /** Not by this person; why, as sentences. */
  record Forbidden(String reason) implements FreezeAnswer {}

  /** It cannot be done as things are; why, as sentences. */
  record Refused(String reason) implements FreezeAnswer {}

  /** What was asked for is not right; why, as a sentence. */
  record Invalid(String reason) implements FreezeAnswer {}
}
