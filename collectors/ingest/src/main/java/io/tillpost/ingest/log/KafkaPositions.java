package io.tillpost.ingest.log;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which offsets of which partitions the positions stand for that the indexer was given, and what of
 * them is done. A partition that is taken away is forgotten: what is done of it later must not be
 * committed, because somebody else has it then. Guarded by the lock of whoever has it.
 */
final class KafkaPositions {
  private final Deque<Given> given = new ArrayDeque<>();
  private final Map<TopicPartition, Long> done = new HashMap<>();
  private long last;
  private long checkpoint;
  private boolean inBatch;

  /** Positions up to one, behind those before, that are offsets of one partition. */
  private record Given(
      TopicPartition partition, long position, long nextOffset, Instant acceptedAt) {}

  /** A record, given to the indexer at the next position. */
  LogRow give(FetchedRecord record) {
    last++;
    Given before = given.peekLast();
    Instant oldest = record.acceptedAt();
    if (inBatch && before != null && before.partition().equals(record.partition())) {
      oldest = before.acceptedAt();
      given.removeLast();
    }
    inBatch = true;
    given.addLast(new Given(record.partition(), last, record.offset() + 1, oldest));
    return record.row(last);
  }

  /** What follows belongs to another batch: the checkpoint may come between. */
  void endBatch() {
    inBatch = false;
  }

  /** The position given last. */
  long last() {
    return last;
  }

  /** Up to here all is done. */
  long checkpoint() {
    return checkpoint;
  }

  /** All up to here is done. */
  void done(long position) {
    checkpoint = position;
    for (Given one = given.peekFirst();
        one != null && one.position() <= position;
        one = given.peekFirst()) {
      done.put(one.partition(), one.nextOffset());
      given.removeFirst();
    }
  }

  /** All of a partition up to an offset is done, by whomever. */
  void skip(TopicPartition partition, long next) {
    done.put(partition, next);
  }

  /** Where each partition of which something is done goes on. */
  Map<TopicPartition, Long> done() {
    return Map.copyOf(done);
  }

  /** Whether something of the partitions was given and is not done. */
  boolean isUnderWay(Collection<TopicPartition> partitions) {
    return given.stream().anyMatch(one -> partitions.contains(one.partition()));
  }

  /** When the oldest record was accepted that is not done; null where there is none. */
  @Nullable Instant oldest() {
    return given.stream().map(Given::acceptedAt).min(Instant::compareTo).orElse(null);
  }

  /** Somebody else has them from now on. */
  void forget(Collection<TopicPartition> partitions) {
    given.removeIf(one -> partitions.contains(one.partition()));
    done.keySet().removeAll(partitions);
  }
}
