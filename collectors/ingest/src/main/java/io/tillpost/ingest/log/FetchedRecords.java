package io.tillpost.ingest.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Between the thread that fetches records and the indexer that reads them; bounded in bytes. */
final class FetchedRecords {
  private final long maxBytes;
  private final RecordSize recordSize;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition taken = lock.newCondition();
  private final Condition done = lock.newCondition();
  private final Deque<FetchedRecord> waiting = new ArrayDeque<>();
  private final KafkaPositions positions = new KafkaPositions();
  private long bytes;

  FetchedRecords(long maxBytes, RecordSize recordSize) {
    this.maxBytes = maxBytes;
    this.recordSize = recordSize;
  }

  /** What Kafka gave of a partition, in order, up to the first one at an offset or behind it. */
  void add(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long before) {
    lock.lock();
    try {
      for (ConsumerRecord<byte[], byte[]> one : records) {
        if (one.offset() >= before) {
          return;
        }
        FetchedRecord record = FetchedRecord.of(partition, one);
        recordSize.seen(record.value().length);
        add(record);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A record that may not be in the topic, to be read as if it were. */
  void add(FetchedRecord record) {
    lock.lock();
    try {
      waiting.addLast(record);
      bytes += record.value().length;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isFull() {
    lock.lock();
    try {
      return bytes >= maxBytes;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it is half empty, or the time is over. */
  void awaitRoom(Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (bytes > maxBytes / 2 && left > 0) {
        left = taken.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** As {@link IngestLog#read}, once for each record. */
  List<LogRow> read(long after, int maxRecords, long maxReadBytes) {
    lock.lock();
    try {
      if (after != positions.last()) {
        throw new IllegalArgumentException(
            "Records are given once, those behind " + positions.last() + " next, not " + after);
      }
      List<LogRow> rows = new ArrayList<>();
      long size = 0;
      while (rows.size() < maxRecords && size < maxReadBytes) {
        FetchedRecord next = waiting.pollFirst();
        if (next == null) {
          break;
        }
        rows.add(positions.give(next));
        size += next.value().length;
      }
      bytes -= size;
      positions.endBatch();
      taken.signalAll();
      return rows;
    } finally {
      lock.unlock();
    }
  }

  /** As {@link IngestLog#awaitBeyond}. */
  boolean await(Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty()) {
        if (left <= 0) {
          return false;
        }
        left = arrived.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The position of the record that was read last. */
  long last() {
    lock.lock();
    try {
      return positions.last();
    } finally {
      lock.unlock();
    }
  }

  /** Whether all that was fetched was read. */
  boolean isRead() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The position up to which all is done. */
  long checkpoint() {
    lock.lock();
    try {
      return positions.checkpoint();
    } finally {
      lock.unlock();
    }
  }

  void moveCheckpoint(long position) {
    lock.lock();
    try {
      if (position <= positions.checkpoint() || position > positions.last()) {
        throw new IllegalArgumentException("There is no record at " + position);
      }
      positions.done(position);
      done.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Where each partition goes on of which something is done. */
  Map<TopicPartition, Long> done() {
    lock.lock();
    try {
      return positions.done();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The records of a partition up to an offset are done, though they were not read here; false, and
   * nothing is, if some that were fetched here are not done.
   */
  boolean skip(TopicPartition partition, long next) {
    lock.lock();
    try {
      if (positions.isUnderWay(List.of(partition))
          || waiting.stream().anyMatch(one -> one.partition().equals(partition))) {
        return false;
      }
      positions.skip(partition, next);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for what was read of the partitions; false if some of it is not done in time. */
  boolean awaitDone(Collection<TopicPartition> partitions, long nanos) {
    long left = nanos;
    lock.lock();
    try {
      while (positions.isUnderWay(partitions)) {
        if (left <= 0) {
          return false;
        }
        left = done.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** What was not read of the partitions is for somebody else. */
  void dropUnread(Collection<TopicPartition> partitions) {
    lock.lock();
    try {
      waiting.removeIf(one -> partitions.contains(one.partition()));
      bytes = waiting.stream().mapToLong(one -> one.value().length).sum();
      taken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Somebody else has the partitions: nothing of them counts any more. */
  void forget(Collection<TopicPartition> partitions) {
    dropUnread(partitions);
    lock.lock();
    try {
      positions.forget(partitions);
    } finally {
      lock.unlock();
    }
  }

  /** When the oldest record was accepted that is not done; null where there is none. */
  @Nullable Instant oldest() {
    lock.lock();
    try {
      Instant underWay = positions.oldest();
      FetchedRecord next = waiting.peekFirst();
      if (next == null) {
        return underWay;
      }
      Instant unread = next.acceptedAt();
      return underWay == null || unread.isBefore(underWay) ? unread : underWay;
    } finally {
      lock.unlock();
    }
  }
}
