package io.tillpost.recovery;

import static io.tillpost.recovery.OperationState.ABANDONED;
import static io.tillpost.recovery.OperationState.AWAITING_APPROVAL;
import static io.tillpost.recovery.OperationState.CANARY;
import static io.tillpost.recovery.OperationState.CANCELLED;
import static io.tillpost.recovery.OperationState.CANCELLING;
import static io.tillpost.recovery.OperationState.FINISHED;
import static io.tillpost.recovery.OperationState.PAUSED;
import static io.tillpost.recovery.OperationState.PREVIEWED;
import static io.tillpost.recovery.OperationState.RUNNING;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one place that says how the state of a recovery operation may change. */
public final class OperationTransitions {
  private OperationTransitions() {}

  /** The state after the event; empty where the event means nothing in this state. */
  public static Optional<OperationState> next(OperationState state, OperationEvent event) {
    return Optional.ofNullable(
        switch (state) {
          case PLANNED ->
              switch (event) {
                case OperationEvent.Frozen _ -> PREVIEWED;
                case OperationEvent.Interrupted _, OperationEvent.CancelAsked _ -> ABANDONED;
                default -> null;
              };
          case PREVIEWED ->
              switch (event) {
                case OperationEvent.Started e -> first(e.canary());
                case OperationEvent.ApprovalAsked _ -> AWAITING_APPROVAL;
                case OperationEvent.CancelAsked _ -> CANCELLING;
                default -> null;
              };
          case AWAITING_APPROVAL ->
              switch (event) {
                case OperationEvent.Approved e -> first(e.canary());
                case OperationEvent.Declined _, OperationEvent.CancelAsked _ -> CANCELLING;
                default -> null;
              };
          case CANARY -> event instanceof OperationEvent.CanaryPassed ? RUNNING : running(event);
          case RUNNING -> running(event);
          case PAUSED ->
              switch (event) {
                case OperationEvent.Resumed e -> e.as().mayDispatch() ? e.as() : null;
                case OperationEvent.CancelAsked _ -> CANCELLING;
                case OperationEvent.Completed _ -> FINISHED;
                default -> null;
              };
          case CANCELLING -> event instanceof OperationEvent.Completed ? CANCELLED : null;
          case FINISHED, CANCELLED, ABANDONED -> null;
        });
  }

  private static OperationState first(boolean canary) {
    return canary ? CANARY : RUNNING;
  }

  private static @Nullable OperationState running(OperationEvent event) {
    return switch (event) {
      case OperationEvent.Paused e -> e.goesOnAs().mayDispatch() ? PAUSED : null;
      case OperationEvent.CancelAsked _ -> CANCELLING;
      case OperationEvent.Completed _ -> FINISHED;
      default -> null;
    };
  }
}
