package io.tillpost.console.recovery.run;

import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs one operation, round after round, until none of its items is open. */
final class OperationRun {
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration PACED_TICK = Duration.ofMillis(10);

  private final RecoveryOperation operation;
  private final Duration patience;
  private final RoundMaker rounds;
  private final RunParts parts;
  private final Listeners listeners;
  private final BooleanSupplier lease;
  private final Semaphore wake = new Semaphore(0);

  /** Makes the rounds of the operation from its list and a bell that is rung when an item moved. */
  interface RoundMaker {
    Round of(FrozenList list, Runnable bell);
  }

  /**
   * @param patience how long what is on its way may take to come to its end
   * @param listeners are told before anything goes out
   * @param lease renews the lease of this console; false where it is lost
   */
  OperationRun(
      RecoveryOperation operation,
      Duration patience,
      RoundMaker rounds,
      RunParts parts,
      Listeners listeners,
      BooleanSupplier lease) {
    this.operation = operation;
    this.patience = patience;
    this.rounds = rounds;
    this.parts = parts;
    this.listeners = listeners;
    this.lease = lease;
  }

  /**
   * Runs until the end.
   *
   * @return true once no item is open; false where the lease is lost
   * @throws InterruptedException where the console stops; another dispatcher goes on
   */
  boolean run() throws InterruptedException {
    FrozenList list = seen();
    if (list == null || !asPreviewed(list)) {
      return false;
    }
    if (operation.state() != OperationState.CANCELLING) {
      listeners.takenUp(operation, lease);
    }
    Round round = rounds.of(list, wake::release);
    ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    try {
      return rounds(round, workers);
    } finally {
      endGently(workers);
    }
  }

  private boolean rounds(Round round, ExecutorService workers) throws InterruptedException {
    while (lease.getAsBoolean()) {
      Round.Going going = round.next(workers);
      switch (going) {
        case DONE -> {
          return true;
        }
        case OVER -> {
          return false;
        }
        case PACED -> Thread.sleep(PACED_TICK);
        case ON -> {
          if (wake.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
            wake.drainPermits();
          }
        }
      }
    }
    return false;
  }

  /** Lets requests that are on their way come to their answers. */
  private void endGently(ExecutorService workers) throws InterruptedException {
    workers.shutdown();
    if (!workers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      workers.shutdownNow();
    }
  }

  /**
   * The list once all items that were frozen are on it; null where the lease is lost before. That a
   * search counts all of them says nothing of the next one: it may ask a copy that is a second
   * behind.
   */
  private @Nullable FrozenList seen() throws InterruptedException {
    DocumentQuery all = DocumentQuery.ALL.where("operation_id", operation.id());
    while (lease.getAsBoolean()) {
      if (parts.records().items().count(all) >= operation.size()) {
        FrozenList list = FrozenList.of(parts.records(), operation.id());
        if (list.size() >= operation.size()) {
          return list;
        }
      }
      Thread.sleep(TICK);
    }
    return null;
  }

  /** What was approved is what is sent: a list that is another one is not touched. */
  private boolean asPreviewed(FrozenList list) {
    OperationSummary summary = operation.summary();
    boolean cancelling = operation.state() == OperationState.CANCELLING;
    if (summary == null || cancelling || summary.listHash().equals(list.hash())) {
      return true;
    }
    parts
        .records()
        .apply(
            operation.id(),
            // What was in its canary goes on with it, if somebody lets it.
            new OperationEvent.Paused(
                operation.state() == OperationState.CANARY
                    ? OperationState.CANARY
                    : OperationState.RUNNING),
            null,
            "The list is not the one that was previewed",
            parts.clock().instant());
    return false;
  }
}
