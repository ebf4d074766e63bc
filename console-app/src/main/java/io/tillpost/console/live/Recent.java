package io.tillpost.console.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a query brought for a moment and asks once for all who want it meanwhile, so that ten
 * pages cost the storage as much as one. What is kept must not depend on who asks.
 *
 * @param <T> the result of the query
 */
public final class Recent<T> {
  private final Duration fresh;
  private final Clock clock;
  private final Supplier<T> query;
  private @Nullable Asked<T> last;

  /**
   * Asks this query.
   *
   * @param fresh how old an answer may be, from when it was asked for
   */
  public Recent(Duration fresh, Clock clock, Supplier<T> query) {
    this.fresh = fresh;
    this.clock = clock;
    this.query = query;
  }

  /**
   * An answer that is fresh, or is being waited for by somebody else already. A query that fails
   * fails for all who wait for it, and is asked again by the next one.
   */
  public T get() {
    Instant now = clock.instant();
    Asked<T> asked;
    synchronized (this) {
      if (last == null || last.isOver(now, fresh)) {
        last = new Asked<>(now, new FutureTask<>(query::get));
      }
      asked = last;
    }
    return asked.answer();
  }

  private record Asked<T>(Instant at, FutureTask<T> task) {
    boolean isOver(Instant now, Duration fresh) {
      return switch (task.state()) {
        case RUNNING -> false;
        case SUCCESS -> now.isBefore(at) || !now.isBefore(at.plus(fresh));
        case FAILED, CANCELLED -> true;
      };
    }

    /** Whoever comes first asks; the task itself sees to it that nobody else does. */
    T answer() {
      task.run();
      try {
        return task.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException("The query broke", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for an answer", e);
      }
    }
  }
}
