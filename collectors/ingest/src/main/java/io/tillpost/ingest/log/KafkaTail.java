package io.tillpost.ingest.log;

import io.tillpost.ingest.log.KafkaShare.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ends of the partitions that this process has, read with a consumer of its own that is of no
 * group and commits nothing. It takes up what the process is given meanwhile, and leaves what is
 * taken from it. See RATIONALE.md, "Overtaking in Kafka".
 */
final class KafkaTail implements LogTail {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaTail.class);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  /** Who asks for offsets does not read meanwhile. */
  private static final Duration OFFSETS = Duration.ofMillis(500);

  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final KafkaShare share;

  /** Guards the positions. */
  private final ReentrantLock lock = new ReentrantLock();

  private final KafkaPositions positions = new KafkaPositions();

  // Of the thread that reads; of that which merges once it has ended.
  private final Map<TopicPartition, Start> starts = new HashMap<>();
  private @Nullable Consumer<byte[], byte[]> consumer;
  private long takeUpAt = System.nanoTime();
  private Instant since;
  private int most;

  /**
   * One that has not begun.
   *
   * @param consumers makes one; another one where the first can be of no more use
   * @param since as in {@link IngestLog#tail}
   * @param most likewise, of all partitions together
   */
  KafkaTail(
      Supplier<Consumer<byte[], byte[]>> consumers, KafkaShare share, Instant since, int most) {
    this.consumers = consumers;
    this.share = share;
    this.since = since;
    this.most = most;
  }

  @Override
  public long from() {
    return share.from();
  }

  @Override
  public void restart(Instant laterSince, int laterMost) {
    since = laterSince;
    most = laterMost;
    asked(
        kafka -> {
          follow(kafka);
          Map<TopicPartition, Long> offsets = lately(kafka, starts.keySet());
          starts.forEach(
              (partition, start) ->
                  kafka.seek(partition, share.restart(start, offsets.getOrDefault(partition, 0L))));
          forgetPositions(starts.keySet());
          return true;
        });
  }

  @Override
  public List<LogRow> read(Duration patience, int maxRecords, long maxBytes)
      throws InterruptedException {
    List<LogRow> rows =
        asked(
            kafka -> {
              follow(kafka);
              return kafka.assignment().isEmpty() ? List.of() : rows(kafka.poll(patience));
            });
    if (rows.isEmpty() && starts.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(patience.toMillis());
    }
    return rows;
  }

  @Override
  public long behind() {
    return asked(
        kafka -> {
          Set<TopicPartition> counting = new HashSet<>(kafka.assignment());
          counting.removeIf(partition -> !counts(partition));
          if (counting.isEmpty()) {
            throw new IngestLogException("Nothing is read of Kafka yet", null);
          }
          long behind = 0;
          for (var end : kafka.endOffsets(counting, OFFSETS).entrySet()) {
            behind += Math.max(0, end.getValue() - kafka.position(end.getKey(), OFFSETS));
          }
          return behind;
        });
  }

  private boolean counts(TopicPartition partition) {
    Start start = starts.get(partition);
    return start != null && share.has(partition, start);
  }

  /** What cannot pass by itself ends what was begun: the group's reader reads all of it. */
  private <T> T asked(Function<Consumer<byte[], byte[]>, T> question) {
    try {
      Consumer<byte[], byte[]> kafka = consumer;
      if (kafka == null) {
        kafka = consumers.get();
        consumer = kafka;
      }
      return question.apply(kafka);
    } catch (InvalidOffsetException e) {
      leave(e.partitions());
      throw new IngestLogException("Kafka has not what was to be read next: " + e.getMessage(), e);
    } catch (IngestLogException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      if (!KafkaErrors.mayPass(e)) {
        leave(starts.keySet());
        close();
      }
      throw new IngestLogException("Kafka cannot be read: " + KafkaErrors.say(e), e);
    }
  }

  /** Takes up partitions that have come to this process, and leaves those that have gone. */
  private void follow(Consumer<byte[], byte[]> kafka) {
    Set<TopicPartition> gone = new HashSet<>();
    starts.forEach(
        (partition, start) -> {
          if (!share.has(partition, start)) {
            gone.add(partition);
          }
        });
    leave(gone);
    Set<TopicPartition> come = new HashSet<>(share.owned());
    come.removeAll(starts.keySet());
    boolean takesUp = !come.isEmpty() && System.nanoTime() - takeUpAt >= 0;
    if (!takesUp && kafka.assignment().equals(starts.keySet())) {
      return;
    }
    Map<TopicPartition, Long> begun = takesUp ? takeUp(kafka, come) : Map.of();
    kafka.assign(Set.copyOf(starts.keySet()));
    begun.forEach(kafka::seek);
  }

  /** While these cannot be begun, the others are read on. */
  private Map<TopicPartition, Long> takeUp(
      Consumer<byte[], byte[]> kafka, Set<TopicPartition> partitions) {
    // Kafka's client wants them assigned before it is asked for their offsets.
    Set<TopicPartition> all = new HashSet<>(starts.keySet());
    all.addAll(partitions);
    kafka.assign(all);
    Map<TopicPartition, Long> begun = new HashMap<>();
    try {
      lately(kafka, partitions)
          .forEach(
              (partition, offset) -> {
                Start start = share.begin(partition, offset);
                if (start != null) {
                  starts.put(partition, start);
                  begun.put(partition, share.limit(partition));
                }
              });
    } catch (TimeoutException e) {
      LOG.debug("The ends of {} are not known for now", partitions, e);
      takeUpAt = System.nanoTime() + AGAIN_NANOS;
    }
    return begun;
  }

  /** Behind what was accepted before; of a partition that has much since then nearer to its end. */
  private Map<TopicPartition, Long> lately(
      Consumer<byte[], byte[]> kafka, Collection<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, Long> moments = new HashMap<>();
    partitions.forEach(partition -> moments.put(partition, since.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = kafka.offsetsForTimes(moments, OFFSETS);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    long mostOfEach = most / Math.max(1, share.owned().size());
    kafka
        .endOffsets(partitions, OFFSETS)
        .forEach(
            (partition, end) -> {
              OffsetAndTimestamp first = found.get(partition);
              offsets.put(
                  partition, first == null ? end : Math.max(first.offset(), end - mostOfEach));
            });
    return offsets;
  }

  private List<LogRow> rows(ConsumerRecords<byte[], byte[]> records) {
    List<LogRow> rows = new ArrayList<>(records.count());
    lock.lock();
    try {
      for (TopicPartition partition : records.partitions()) {
        for (ConsumerRecord<byte[], byte[]> one : records.records(partition)) {
          rows.add(positions.give(FetchedRecord.of(partition, one)));
        }
      }
      positions.endBatch();
    } finally {
      lock.unlock();
    }
    return rows;
  }

  @Override
  public void done(long position) {
    lock.lock();
    try {
      positions.done(position);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long merge() {
    Map<TopicPartition, Long> done;
    lock.lock();
    try {
      done = positions.done();
    } finally {
      lock.unlock();
    }
    starts.forEach(
        (partition, start) -> share.merge(partition, start, done.getOrDefault(partition, 0L)));
    return share.last();
  }

  private void forgetPositions(Collection<TopicPartition> partitions) {
    lock.lock();
    try {
      positions.forget(partitions);
    } finally {
      lock.unlock();
    }
  }

  private void leave(Collection<TopicPartition> partitions) {
    Set<TopicPartition> all = Set.copyOf(partitions);
    forgetPositions(all);
    for (TopicPartition partition : all) {
      Start start = starts.remove(partition);
      if (start != null) {
        share.remove(partition, start);
      }
    }
  }

  @Override
  public void close() {
    Consumer<byte[], byte[]> before = consumer;
    consumer = null;
    if (before != null) {
      try {
        before.close(CloseOptions.timeout(CLOSE));
      } catch (KafkaException e) {
        LOG.warn("A consumer of the ingest log does not end in order: {}", KafkaErrors.say(e));
      }
    }
  }
}
