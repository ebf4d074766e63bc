package io.tillpost.recovery;

import java.util.Optional;

/** The one place that says how the state of a recovery operation may change. */
public final class OperationTransitions {
  private OperationTransitions() {}

  /** The state after the event; empty where the event means nothing in this state. */
  public static Optional<OperationState> next(OperationState state, OperationEvent event) {
    return Optional.ofNullable(
        switch (state) {
          case PLANNED ->
              switch (event) {
                case FROZEN -> OperationState.RUNNING;
                case INTERRUPTED -> OperationState.ABANDONED;
                case COMPLETED -> null;
              };
          case RUNNING -> event == OperationEvent.COMPLETED ? OperationState.FINISHED : null;
          case FINISHED, ABANDONED -> null;
        });
  }
}
