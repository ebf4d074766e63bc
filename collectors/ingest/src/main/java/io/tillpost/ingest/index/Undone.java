package io.tillpost.ingest.index;

import io.tillpost.ingest.log.IngestLogException;
import io.tillpost.ingest.progress.IngestMetrics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batches that are not done yet, in the order of the log. The checkpoint moves to the end of a
 * batch when it and all before it are done, so that after a crash nothing was passed over.
 */
final class Undone {
  private static final Logger LOG = LoggerFactory.getLogger(Undone.class);
  private static final long CHECK_MILLIS = 100;

  private final LongConsumer checkpoint;
  private final IngestMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Batch> batches = new ArrayDeque<>();

  /**
   * Nothing is begun.
   *
   * @param checkpoint is told the position up to which all is done; may throw {@link
   *     IngestLogException}, and is told again then
   */
  Undone(LongConsumer checkpoint, IngestMetrics metrics) {
    this.checkpoint = checkpoint;
    this.metrics = metrics;
  }

  /** A batch of which so many parts are not done. */
  final class Batch {
    private final long position;
    private int parts;
    private int stored;
    private int parked;

    private Batch(long position, int parts) {
      this.position = position;
      this.parts = parts;
    }

    /** One more part is done, durably. */
    void partDone(int partStored, int partParked) {
      lock.lock();
      try {
        parts--;
        stored += partStored;
        parked += partParked;
        move();
      } catch (IngestLogException e) {
        // The reader of the log tries again, and tells.
        LOG.error("The checkpoint of the ingest log cannot be moved", e);
      } finally {
        lock.unlock();
      }
    }
  }

  /** The next batch of the log, which ends at this position. */
  Batch begin(long position, int parts) {
    lock.lock();
    try {
      Batch batch = new Batch(position, parts);
      batches.addLast(batch);
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves the checkpoint if that could not be done before.
   *
   * @throws IngestLogException if the disk does not write
   */
  void moveCheckpoint() {
    lock.lock();
    try {
      move();
    } finally {
      lock.unlock();
    }
  }

  private void move() {
    Batch last = null;
    for (Batch batch : batches) {
      if (batch.parts > 0) {
        break;
      }
      last = batch;
    }
    if (last == null) {
      return;
    }
    checkpoint.accept(last.position);
    Batch done;
    do {
      done = batches.removeFirst();
      metrics.stored(done.stored);
      metrics.parked(done.parked);
    } while (done != last);
    changed.signalAll();
  }

  /** Waits until all is done; false if the condition to go on ended before. */
  boolean awaitNone(BooleanSupplier goOn) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!batches.isEmpty()) {
        if (!goOn.getAsBoolean()) {
          return false;
        }
        var _ = changed.await(CHECK_MILLIS, TimeUnit.MILLISECONDS);
        move();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
