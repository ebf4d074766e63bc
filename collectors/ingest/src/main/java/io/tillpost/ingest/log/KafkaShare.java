package io.tillpost.ingest.log;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that this process has to index, and where a {@linkplain KafkaTail tail} of each
 * begins: the group's reader reads up to there, then waits until both are merged, and goes on
 * behind what the tail has done. With a partition that is taken away all of that is forgotten.
 * Takes the lock of the fetched records within its own.
 */
final class KafkaShare {
  private final FetchedRecords fetched;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<TopicPartition> owned = new HashSet<>();
  private final Map<TopicPartition, Start> starts = new HashMap<>();
  private final Map<TopicPartition, Long> read = new HashMap<>();

  /** Where a tail begins; guarded by the lock. Another one for each time that it does. */
  static final class Start {
    private long offset;
    private long reader = -1;
    private boolean isMerged;

    private Start(long offset) {
      this.offset = offset;
    }

    private boolean isReached() {
      return reader >= offset;
    }
  }

  KafkaShare(FetchedRecords fetched) {
    this.fetched = fetched;
  }

  /** What this process has to index for now. */
  Set<TopicPartition> owned() {
    lock.lock();
    try {
      return Set.copyOf(owned);
    } finally {
      lock.unlock();
    }
  }

  void add(Collection<TopicPartition> partitions) {
    lock.lock();
    try {
      owned.addAll(partitions);
    } finally {
      lock.unlock();
    }
  }

  /** Somebody else is to have them: what is read of them is finished, and no more. */
  void giveUp(Collection<TopicPartition> partitions) {
    lock.lock();
    try {
      owned.removeAll(partitions);
      starts.keySet().removeAll(partitions);
      fetched.dropUnread(partitions);
    } finally {
      lock.unlock();
    }
  }

  /** Somebody else has them: nothing of them counts any more. */
  void forget(Collection<TopicPartition> partitions) {
    lock.lock();
    try {
      owned.removeAll(partitions);
      starts.keySet().removeAll(partitions);
      read.keySet().removeAll(partitions);
      fetched.forget(partitions);
    } finally {
      lock.unlock();
    }
  }

  /** The first offset that the group's reader does not read, because a tail does. */
  long limit(TopicPartition partition) {
    lock.lock();
    try {
      Start start = starts.get(partition);
      return start == null ? Long.MAX_VALUE : start.offset;
    } finally {
      lock.unlock();
    }
  }

  /** Partitions of which there is a tail. */
  Set<TopicPartition> withTail() {
    lock.lock();
    try {
      return Set.copyOf(starts.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** The group's reader is at an offset of a partition; whether its tail begins there or before. */
  boolean readerIsAt(TopicPartition partition, long position) {
    lock.lock();
    try {
      Start start = starts.get(partition);
      if (start == null) {
        return false;
      }
      if (!start.isMerged) {
        start.reader = position;
      }
      return start.isReached();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the tails that are merged: where the group's reader goes on behind each. */
  Map<TopicPartition, Long> takeMerged() {
    lock.lock();
    try {
      Map<TopicPartition, Long> merged = new HashMap<>();
      starts.forEach(
          (partition, start) -> {
            if (start.isMerged) {
              merged.put(partition, start.reader);
            }
          });
      starts.keySet().removeAll(merged.keySet());
      return merged;
    } finally {
      lock.unlock();
    }
  }

  /** The group's reader has read a partition up to there, where no tail begins before. */
  void readerHasRead(TopicPartition partition, long next) {
    lock.lock();
    try {
      read.put(partition, next);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A tail of a partition, at {@link #limit}: at the offset, and not before what is read; null
   * where there is one already, or the partition is somebody else's.
   */
  @Nullable Start begin(TopicPartition partition, long offset) {
    lock.lock();
    try {
      if (!owned.contains(partition) || starts.containsKey(partition)) {
        return null;
      }
      Start start = new Start(Math.max(offset, read.getOrDefault(partition, 0L)));
      starts.put(partition, start);
      return start;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it still counts. */
  boolean has(TopicPartition partition, Start start) {
    lock.lock();
    try {
      return start.equals(starts.get(partition));
    } finally {
      lock.unlock();
    }
  }

  /** A tail begins anew, further on and not further back; where. */
  long restart(Start start, long offset) {
    lock.lock();
    try {
      start.offset = Math.max(start.offset, offset);
      return start.offset;
    } finally {
      lock.unlock();
    }
  }

  /** There is no such tail any more, and what it has done is done again. */
  void remove(TopicPartition partition, Start start) {
    lock.lock();
    try {
      if (start.equals(starts.get(partition))) {
        starts.remove(partition);
      }
    } finally {
      lock.unlock();
    }
  }

  /** As {@link LogTail#from}. */
  long from() {
    lock.lock();
    try {
      List<Start> begun = starts.values().stream().filter(start -> !start.isMerged).toList();
      boolean isReached =
          !begun.isEmpty()
              && starts.keySet().containsAll(owned)
              && begun.stream().allMatch(Start::isReached)
              && fetched.isRead();
      return isReached ? fetched.last() : Long.MAX_VALUE;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What a tail has done without a gap from its start on is done of the partition, where all before
   * it is; where not, it is done again.
   *
   * @param next behind what it has done
   */
  void merge(TopicPartition partition, Start start, long next) {
    lock.lock();
    try {
      if (!start.equals(starts.get(partition))) {
        return;
      }
      long both = Math.max(start.reader, next);
      if (start.isReached() && fetched.skip(partition, both)) {
        start.reader = both;
        start.isMerged = true;
      } else {
        starts.remove(partition);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The position of the record that was read last. */
  long last() {
    return fetched.last();
  }
}
