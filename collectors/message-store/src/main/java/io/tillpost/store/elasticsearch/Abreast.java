package io.tillpost.store.elasticsearch;

import io.tillpost.store.StoreUnavailableException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Does parts of one work on threads of their own, a few at a time, while the next part is got
 * ready. For one thread.
 */
final class Abreast {
  /** More would only queue in Elasticsearch, whose memory for bodies on their way is small. */
  private static final int AT_A_TIME = 2;

  private final Semaphore places = new Semaphore(AT_A_TIME);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /**
   * Begins a part as soon as there is room for it.
   *
   * @throws RuntimeException what an earlier part ended with; then this one is not begun
   */
  void begin(Runnable part) {
    acquire(1);
    if (failure.get() != null) {
      places.release();
      tellFailure();
    }
    Thread.ofVirtual()
        .name("abreast")
        .start(
            () -> {
              try {
                part.run();
              } catch (RuntimeException | Error e) {
                // Also an error: a part that was not done must never look as if it was.
                failure.compareAndSet(null, e);
              } finally {
                places.release();
              }
            });
  }

  /**
   * Waits until all parts have come to their end, unless this thread is interrupted.
   *
   * @throws RuntimeException what the first of those ended with that failed; an error as it is
   */
  void end() {
    acquire(AT_A_TIME);
    places.release(AT_A_TIME);
    tellFailure();
  }

  private void tellFailure() {
    switch (failure.get()) {
      case RuntimeException failed -> throw failed;
      case Error failed -> throw failed;
      case null, default -> {
        // None has failed.
      }
    }
  }

  private void acquire(int permits) {
    try {
      places.acquire(permits);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Waiting for Elasticsearch was interrupted", e);
    }
  }
}
