package io.tillpost.console.recovery.list;

import io.tillpost.store.StoreUnavailableException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does one piece of work on a thread of its own while its caller does another one. For one thread.
 */
final class Ahead<T> {
  private @Nullable FutureTask<T> coming;

  /**
   * Waits for the piece before, and begins this one.
   *
   * @return what came of the one before, null for none
   * @throws RuntimeException what the one before ended with; this one is not begun then
   */
  @Nullable T next(Supplier<T> work) {
    T before = last();
    FutureTask<T> task = new FutureTask<>(work::get);
    coming = task;
    Thread.ofVirtual().name("plan-ahead").start(task);
    return before;
  }

  /** Waits for the piece that was begun last; null where there is none. */
  @Nullable T last() {
    FutureTask<T> task = coming;
    coming = null;
    if (task == null) {
      return null;
    }
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Waiting for the storage was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
