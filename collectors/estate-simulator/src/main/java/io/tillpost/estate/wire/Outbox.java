package io.tillpost.estate.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of batches between whoever produces and those who send. A full queue makes the
 * producer wait: nothing is ever dropped.
 *
 * @param <T> what is sent
 */
final class Outbox<T> {
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<List<T>> waiting = new ArrayDeque<>();
  private int inHand;
  private boolean closed;

  Outbox(int capacity) {
    this.capacity = capacity;
  }

  /** Waits for room; false where the outbox was closed meanwhile and the batch was not taken. */
  boolean put(List<T> batch) throws InterruptedException {
    lock.lock();
    try {
      while (waiting.size() >= capacity && !closed) {
        changed.await();
      }
      if (closed) {
        return false;
      }
      waiting.addLast(batch);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a batch, which is then in hand until {@link #sent}; null once closed and empty. */
  @Nullable List<T> take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.await();
      }
      List<T> batch = waiting.pollFirst();
      if (batch != null) {
        inHand++;
        changed.signalAll();
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  void sent() {
    lock.lock();
    try {
      inHand--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything is sent; false where the time was up before. */
  boolean awaitEmpty(long millis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!waiting.isEmpty() || inHand > 0) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
