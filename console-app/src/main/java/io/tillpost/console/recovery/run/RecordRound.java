package io.tillpost.console.recovery.run;

import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Runs an operation that only writes down what a person decided: a discard, or what takes one back.
 * Nothing goes to the middleware, so there is no pace to keep and nothing to try out first.
 */
final class RecordRound implements Round {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final int AT_A_TIME = 8;

  private final RunParts parts;
  private final Runnable something;
  private final ItemWindow items;
  private final ItemSteps steps;
  private final Semaphore places = new Semaphore(AT_A_TIME);
  private RecoveryOperation operation;
  private Instant lookAt;

  /**
   * @param list of the operation
   * @param something is told when something that was handed out has happened
   */
  RecordRound(RecoveryOperation operation, FrozenList list, RunParts parts, Runnable something) {
    this.operation = operation;
    this.items = new ItemWindow(parts.records(), parts.window(), list);
    this.parts = parts;
    this.something = something;
    this.steps = new ItemSteps(operation.id(), parts, (_, _) -> {});
    this.lookAt = parts.clock().instant().plus(LOOK_EVERY);
  }

  @Override
  public Going next(Executor workers) {
    Instant now = parts.clock().instant();
    if (!now.isBefore(lookAt)) {
      lookAt = now.plus(LOOK_EVERY);
      parts.records().operations().get(operation.id()).ifPresent(o -> operation = o.value());
    }
    if (!operation.state().active()) {
      return Going.OVER;
    }
    boolean cancelling = operation.state() == OperationState.CANCELLING;
    items.fill(now, !cancelling);
    if (items.isDone()) {
      return Going.DONE;
    }
    // What was begun is brought to its end: its event may be written already.
    boolean more = cancelling && items.letGo(ItemSteps.cancelled(operation), now);
    for (OpenItem item : items.held()) {
      if (!due(item, now)) {
        continue;
      }
      if (!places.tryAcquire()) {
        break;
      }
      if (item.take()) {
        RecoveryOperation as = operation;
        workers.execute(() -> step(as, item));
      } else {
        places.release();
      }
    }
    return more ? Going.PACED : Going.ON;
  }

  private boolean due(OpenItem item, Instant now) {
    boolean begins = item.state() == ItemState.PLANNED;
    return operation.state() != OperationState.PAUSED
        && !(begins && operation.state() == OperationState.CANCELLING)
        && item.dispatchDue(parts.dispatcher(), now);
  }

  private void step(RecoveryOperation as, OpenItem item) {
    try {
      steps.take(item, known -> parts.recording().record(as, known));
    } finally {
      item.giveBack();
      places.release();
      something.run();
    }
  }
}
