package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.FourEyes;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Clock;
import java.util.Optional;

/** How a frozen operation begins: at once, or after a second person has approved it. */
public final class Beginning {
  private final FourEyes fourEyes;
  private final Listeners listeners;
  private final RecoveryDispatcher dispatcher;
  private final Clock clock;

  public Beginning(
      FourEyes fourEyes, Listeners listeners, RecoveryDispatcher dispatcher, Clock clock) {
    this.fourEyes = fourEyes;
    this.listeners = listeners;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  /** Why a second person has to approve it, in words; empty if nobody has to. */
  public Optional<String> approvalNeeded(RecoveryOperation operation) {
    return Optional.ofNullable(operation.summary())
        .flatMap(summary -> fourEyes.needed(operation.action(), summary));
  }

  /** The operation that begins, or waits for approval; empty where it cannot. */
  public Optional<RecoveryOperation> of(RecoveryOperation frozen, String actor) {
    Optional<String> approval = approvalNeeded(frozen);
    return frozen.after(
        approval.isPresent()
            ? new OperationEvent.ApprovalAsked()
            : new OperationEvent.Started(hasCanary(frozen)),
        actor,
        approval.orElse(null),
        clock.instant());
  }

  /** The operation that a second person approved; empty where it does not wait for that. */
  public Optional<RecoveryOperation> approved(RecoveryOperation waiting, String actor) {
    return waiting.after(
        new OperationEvent.Approved(hasCanary(waiting)), actor, null, clock.instant());
  }

  /** Lets the operation run if it has begun, and tells so. */
  public void tell(RecoveryOperation operation) {
    long begun = operation.history().stream().filter(s -> s.state().mayDispatch()).count();
    if (operation.state().mayDispatch() && begun == 1) {
      listeners.started(operation);
    }
    if (operation.state().active()) {
      dispatcher.nudge(operation.id());
    }
  }

  private static boolean hasCanary(RecoveryOperation operation) {
    OperationSummary summary = operation.summary();
    return summary != null && summary.canary() > 0;
  }
}
