package io.tillpost.ingest.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A topic without a broker, one member of its group, and consumers of none; guarded by itself. */
final class TopicInMemory {
  static final String NAME = "topic";

  private static final int MOST_POLLED = 200;

  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> partitions;
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private final BiConsumer<TopicPartition, Long> whenCommitted;
  private Set<TopicPartition> wanted = Set.of();
  private int failures;

  /**
   * An empty one.
   *
   * @param whenCommitted is told before an offset is committed
   */
  TopicInMemory(int partitions, BiConsumer<TopicPartition, Long> whenCommitted) {
    this.partitions =
        IntStream.range(0, partitions)
            .mapToObj(i -> new TopicPartition(NAME, i))
            .collect(Collectors.toMap(partition -> partition, _ -> new ArrayList<>()));
    this.whenCommitted = whenCommitted;
  }

  synchronized void append(IngestRecord record, Instant acceptedAt) {
    RecordBuffer buffer = new RecordBuffer(1_000);
    buffer.reset(0);
    buffer.append(record, acceptedAt);
    TopicPartition partition = partitionOf(RecordCodec.groupId(record));
    List<ConsumerRecord<byte[], byte[]>> records = records(partition);
    byte[] value = buffer.toByteArray(Integer.BYTES);
    records.add(
        new ConsumerRecord<>(
            NAME,
            partition.partition(),
            records.size(),
            acceptedAt.toEpochMilli(),
            TimestampType.CREATE_TIME,
            0,
            value.length,
            null,
            value,
            new RecordHeaders(),
            java.util.Optional.empty()));
  }

  /** In which the records of a message, or of a trace, are. */
  TopicPartition partitionOf(String groupId) {
    return new TopicPartition(NAME, Math.floorMod(groupId.hashCode(), partitions.size()));
  }

  private List<ConsumerRecord<byte[], byte[]>> records(TopicPartition partition) {
    return partitions.getOrDefault(partition, List.of());
  }

  synchronized Set<TopicPartition> all() {
    return Set.copyOf(partitions.keySet());
  }

  /** The group gives its member these from now on. */
  synchronized void share(Set<TopicPartition> partitions) {
    wanted = Set.copyOf(partitions);
  }

  /** What is asked next of consumers of no group fails so often, in turns for now and for good. */
  synchronized void failSingle(int times) {
    failures = times;
  }

  private synchronized void failIfWanted() {
    if (failures > 0) {
      failures--;
      throw failures % 2 == 0
          ? new TimeoutException("not now")
          : new TopicAuthorizationException("not for you");
    }
  }

  synchronized long end(TopicPartition partition) {
    return records(partition).size();
  }

  /** The offset up to which the partition is committed. */
  synchronized long done(TopicPartition partition) {
    return committed.getOrDefault(partition, 0L);
  }

  synchronized ConsumerRecord<byte[], byte[]> at(TopicPartition partition, long offset) {
    return records(partition).get((int) offset);
  }

  private synchronized List<ConsumerRecord<byte[], byte[]>> from(
      TopicPartition partition, long position) {
    List<ConsumerRecord<byte[], byte[]>> all = records(partition);
    int from = (int) Math.min(position, all.size());
    return List.copyOf(all.subList(from, Math.min(from + MOST_POLLED, all.size())));
  }

  private synchronized Set<TopicPartition> wanted() {
    return wanted;
  }

  private synchronized void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, next) -> {
          whenCommitted.accept(partition, next.offset());
          committed.put(partition, next.offset());
        });
  }

  /** The member of the group. */
  Consumer<byte[], byte[]> member() {
    return new Reading() {
      @Override
      public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        Set<TopicPartition> now = new HashSet<>(wanted());
        Set<TopicPartition> before = assignment();
        if (!now.equals(before)) {
          rebalance(now);
          now.removeAll(before);
          now.forEach(partition -> seek(partition, done(partition)));
        }
        return super.poll(timeout);
      }

      @Override
      public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        commit(offsets);
      }
    };
  }

  /** One that is told what to read. */
  Consumer<byte[], byte[]> single() {
    return new Reading() {
      @Override
      public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        failIfWanted();
        return super.poll(timeout);
      }

      @Override
      public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> asked) {
        failIfWanted();
        return super.endOffsets(asked);
      }
    };
  }

  /** Reads what is in the topic now. */
  private class Reading extends MockConsumer<byte[], byte[]> {
    private @Nullable KafkaException failure;

    Reading() {
      super("none");
    }

    /** The next poll fails. */
    @Override
    public synchronized void setPollException(KafkaException exception) {
      failure = exception;
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      KafkaException fails = failure;
      failure = null;
      if (fails != null) {
        throw fails;
      }
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found = new HashMap<>();
      Set<TopicPartition> awake = new HashSet<>(assignment());
      awake.removeAll(paused());
      for (TopicPartition partition : awake) {
        List<ConsumerRecord<byte[], byte[]>> next = from(partition, position(partition));
        if (!next.isEmpty()) {
          found.put(partition, next);
          seek(partition, next.getLast().offset() + 1);
        }
      }
      if (found.isEmpty()) {
        try {
          Thread.sleep(timeout.toMillis() / 10 + 1);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      }
      return new ConsumerRecords<>(found, Map.of());
    }

    /** Without those that were taken away, as Kafka's own. */
    @Override
    public synchronized Set<TopicPartition> paused() {
      Set<TopicPartition> paused = new HashSet<>(super.paused());
      paused.retainAll(assignment());
      return paused;
    }

    @Override
    public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> asked) {
      return asked.stream()
          .collect(Collectors.toMap(partition -> partition, TopicInMemory.this::end));
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> moments) {
      Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
      moments.forEach(
          (partition, moment) -> {
            long end = end(partition);
            for (long offset = 0; offset < end && !found.containsKey(partition); offset++) {
              long accepted = at(partition, offset).timestamp();
              if (accepted >= moment) {
                found.put(partition, new OffsetAndTimestamp(offset, accepted));
              }
            }
          });
      return found;
    }
  }
}
