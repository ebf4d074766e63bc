package io.tillpost.console.recovery.run;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * What one operation looks at beside its sending, a little at a time: above all what becomes of the
 * messages that are on their way.
 */
final class SideWork {
  private static final int PLACES = 8;

  private final Semaphore places = new Semaphore(PLACES);
  private final RunParts parts;
  private final ItemSteps steps;
  private final Runnable something;

  /**
   * @param something is told when an item was looked at
   */
  SideWork(RunParts parts, ItemSteps steps, Runnable something) {
    this.parts = parts;
    this.steps = steps;
    this.something = something;
  }

  /** Hands it out where there is a place for it; else false, and nothing is done. */
  boolean begin(Executor workers, Runnable work) {
    if (!places.tryAcquire()) {
      return false;
    }
    workers.execute(
        () -> {
          try {
            work.run();
          } finally {
            places.release();
          }
        });
    return true;
  }

  /** Looks after those that are on their way, each in its turn. */
  void follow(List<OpenItem> open, Executor workers, Instant now) {
    for (OpenItem item : open) {
      if (item.followDue(now) && item.take() && !begin(workers, () -> lookAfter(item))) {
        item.giveBack();
        return;
      }
    }
  }

  private void lookAfter(OpenItem item) {
    try {
      item.lookedAt(parts.clock().instant(), parts.settings().followEvery());
      steps.take(item, parts.follower()::look);
    } finally {
      item.giveBack();
      something.run();
    }
  }
}
