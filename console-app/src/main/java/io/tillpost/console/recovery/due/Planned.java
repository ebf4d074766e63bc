package io.tillpost.console.recovery.due;

import io.tillpost.console.recovery.OperationAnswer;
import java.util.Optional;

/**
 * What became of planning an automatic retry.
 *
 * @param begun whether an operation has begun
 * @param objection why none could be made of what can go, as a sentence; empty else
 */
record Planned(boolean begun, Optional<String> objection) {
  /** Nothing of what is due can go now. */
  static final Planned NOTHING = new Planned(false, Optional.empty());

  static Planned of(OperationAnswer answer) {
    return switch (answer) {
      case OperationAnswer.Accepted _ -> new Planned(true, Optional.empty());
      case OperationAnswer.NotFound(var why) -> refused(why);
      case OperationAnswer.Forbidden(var why) -> refused(why);
      case OperationAnswer.Refused(var why) -> refused(why);
      case OperationAnswer.Invalid(var why) -> refused(why);
    };
  }

  private static Planned refused(String why) {
    return new Planned(false, Optional.of(why));
  }
}
