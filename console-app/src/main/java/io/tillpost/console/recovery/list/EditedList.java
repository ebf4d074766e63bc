package io.tillpost.console.recovery.list;

import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryOperation;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which messages of an edit are corrected once more when its rule is edited again: all of one that
 * never began, since nothing of it went out; of one that has come to its end what did not get
 * through.
 */
final class EditedList {
  private EditedList() {}

  /**
   * In which states they are. The same before and after an operation that never began is cancelled,
   * so that its list can be read later than it was asked for.
   *
   * @param rest the states of what did not get through
   */
  static Set<ItemState> states(RecoveryOperation edit, Set<ItemState> rest) {
    return edit.hasBegun() ? rest : EnumSet.allOf(ItemState.class);
  }

  /** Why its messages are not to be had now, as a sentence; empty if they are. */
  static Optional<String> objection(RecoveryOperation edit) {
    return switch (edit.state()) {
      case PLANNED -> Optional.of("Its list is still being prepared");
      case AWAITING_APPROVAL ->
          Optional.of("It waits for approval: cancel it or have it declined first");
      case CANARY, RUNNING, PAUSED -> notAtItsEnd();
      case CANCELLING -> edit.hasBegun() ? notAtItsEnd() : Optional.empty();
      case PREVIEWED, FINISHED, CANCELLED, ABANDONED -> Optional.empty();
    };
  }

  private static Optional<String> notAtItsEnd() {
    return Optional.of("The operation has not come to its end yet");
  }
}
