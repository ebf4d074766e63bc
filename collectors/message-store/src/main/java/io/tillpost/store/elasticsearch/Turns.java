package io.tillpost.store.elasticsearch;

import io.tillpost.store.StoreUnavailableException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one of the requests that write documents of a single kind go at a time, in the order in
 * which they come. Two that write to a shard at once cost Elasticsearch a sixth more for each
 * document than one after the other, and no more than that: who has waited for long goes without a
 * turn. See RATIONALE.md of ingest, "One request a kind at a time".
 */
final class Turns {
  private final Duration longest;
  private final Map<Kind, ReentrantLock> locks = new EnumMap<>(Kind.class);

  /**
   * Nobody's turn.
   *
   * @param longest how long one waits for those before it
   */
  Turns(Duration longest) {
    this.longest = longest;
    for (Kind kind : Kind.values()) {
      locks.put(kind, new ReentrantLock(true));
    }
  }

  /** What is written into an index of its own. */
  enum Kind {
    EVENT,
    SPAN,
    STATE
  }

  /**
   * Sends when it is its turn, or has waited long enough.
   *
   * @throws StoreUnavailableException if waiting was interrupted; or what {@code send} throws
   */
  <T> T take(Kind kind, Supplier<T> send) {
    ReentrantLock lock = Objects.requireNonNull(locks.get(kind));
    boolean ours;
    try {
      ours = lock.tryLock(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Waiting for Elasticsearch was interrupted", e);
    }
    try {
      return send.get();
    } finally {
      if (ours) {
        lock.unlock();
      }
    }
  }
}
