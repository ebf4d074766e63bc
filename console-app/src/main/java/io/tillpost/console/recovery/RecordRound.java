package io.tillpost.console.recovery;

import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  private final OpenItems items;
  private final ItemSteps steps;
  private final Semaphore places = new Semaphore(AT_A_TIME);
  private RecoveryOperation operation;
  private Instant lookAt;

  /**
   * @param items all of the operation, in the order of the list
   * @param something is told when something that was handed out has happened
   */
  RecordRound(
      RecoveryOperation operation,
      List<Versioned<RecoveryItem>> items,
      RunParts parts,
      Runnable something) {
    this.operation = operation;
    this.items = new OpenItems(items);
    this.parts = parts;
    this.something = something;
    this.steps = new ItemSteps(operation.id(), parts, _ -> {});
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
    List<OpenItem> open = items.open();
    if (open.isEmpty()) {
      return Going.DONE;
    }
    for (OpenItem item : open) {
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
    return Going.ON;
  }

  private boolean due(OpenItem item, Instant now) {
    return operation.state() != OperationState.PAUSED && item.dispatchDue(parts.dispatcher(), now);
  }

  private void step(RecoveryOperation as, OpenItem item) {
    try {
      steps.take(item, known -> step(as, known));
    } finally {
      item.giveBack();
      places.release();
      something.run();
    }
  }

  private Versioned<RecoveryItem> step(RecoveryOperation as, Versioned<RecoveryItem> known) {
    // What was begun is brought to its end: its event may be written already.
    if (as.state() == OperationState.CANCELLING && known.value().state() == ItemState.PLANNED) {
      String actor = as.latest().actor();
      return parts
          .records()
          .apply(
              known,
              new ItemEvent.Cancelled("Cancelled" + (actor == null ? "" : " by " + actor)),
              parts.clock().instant());
    }
    return parts.recording().record(as, known);
  }
}
