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
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of the group. Its thread alone speaks with Kafka: it fetches what the indexer is to
 * read next, commits what the indexer has done, and gives partitions away that others are to have.
 * It goes on asking, for nothing, while the indexer is stuck: else Kafka would take this process
 * for dead. See RATIONALE.md, "Kafka".
 */
final class KafkaReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaReader.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration GLANCE = Duration.ofMillis(10);
  private static final Duration COMMIT = Duration.ofSeconds(3);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final long COMMIT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long WAIT_FOR_LANES_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long AGAIN_MILLIS = 1_000;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final String topic;
  private final FetchedRecords fetched;
  private final KafkaShare share;
  private final LostRecords lost;
  private final Thread thread =
      Thread.ofPlatform().name("ingest-log-reader").daemon().unstarted(this::run);
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private long commitAt = System.nanoTime();
  private volatile boolean closing;
  private volatile @Nullable String problem;

  /**
   * A member that has not joined yet.
   *
   * @param consumers makes one; another one where the first can be of no more use
   */
  KafkaReader(
      Supplier<Consumer<byte[], byte[]>> consumers,
      String topic,
      FetchedRecords fetched,
      KafkaShare share,
      LostRecords lost) {
    this.consumers = consumers;
    this.topic = topic;
    this.fetched = fetched;
    this.share = share;
    this.lost = lost;
  }

  void start() {
    thread.start();
  }

  /** Why it cannot read, while that lasts; or null. */
  @Nullable String problem() {
    return problem;
  }

  private void run() {
    while (!closing) {
      try {
        Consumer<byte[], byte[]> consumer = consumers.get();
        try {
          consumer.subscribe(List.of(topic), new Rebalance(consumer));
          while (!closing) {
            turn(consumer);
          }
          commit(consumer, consumer.assignment());
        } finally {
          consumer.close(CloseOptions.timeout(CLOSE));
        }
      } catch (RuntimeException | OutOfMemoryError e) {
        // Without this thread records would be taken and never indexed, and nobody would be told.
        failed(e);
      } finally {
        forget(share.owned());
      }
    }
  }

  /**
   * One round with the same consumer, which outlives what may pass.
   *
   * @throws KafkaException if it may not: of the newer group protocol a consumer that was refused
   *     once would ask for nothing any more, and not say so
   */
  private void turn(Consumer<byte[], byte[]> consumer) {
    try {
      Set<TopicPartition> atTail = atTail(consumer);
      // Of what it is about to lose Kafka's client may tell a moment longer.
      Set<TopicPartition> ours = new HashSet<>(consumer.assignment());
      ours.retainAll(share.owned());
      boolean full = fetched.isFull();
      if (full) {
        consumer.pause(ours);
        fetched.awaitRoom(POLL);
      } else {
        consumer.pause(atTail);
        ours.removeAll(atTail);
        ours.retainAll(consumer.paused());
        consumer.resume(ours);
      }
      add(consumer, consumer.poll(full ? GLANCE : POLL));
      commitIfDue(consumer);
      problem = null;
    } catch (InvalidOffsetException e) {
      goOn(consumer, e);
    } catch (KafkaException e) {
      if (!KafkaErrors.mayPass(e)) {
        throw e;
      }
      failed(e);
    } catch (InterruptedException _) {
      LOG.warn("The reader of the ingest log was interrupted");
      closing = true;
    }
  }

  /** The partitions of which a tail reads what follows; behind one that is done it goes on. */
  private Set<TopicPartition> atTail(Consumer<byte[], byte[]> consumer) {
    share.takeMerged().forEach(consumer::seek);
    Set<TopicPartition> found = new HashSet<>();
    for (TopicPartition partition : share.withTail()) {
      if (consumer.assignment().contains(partition) && isAtTail(consumer, partition)) {
        found.add(partition);
      }
    }
    return found;
  }

  /** Where it is not known yet where the partition is read, that is found out by the next poll. */
  private boolean isAtTail(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    try {
      return share.readerIsAt(partition, consumer.position(partition, Duration.ZERO));
    } catch (TimeoutException _) {
      return false;
    }
  }

  /** What a tail reads is left to it. */
  private void add(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> found = records.records(partition);
      long limit = share.limit(partition);
      fetched.add(partition, found, limit);
      share.readerHasRead(partition, Math.min(limit, found.getLast().offset() + 1));
      if (found.getLast().offset() >= limit) {
        consumer.seek(partition, Math.max(limit, found.getFirst().offset()));
      }
    }
  }

  private void failed(Throwable e) {
    String reason = "Kafka cannot be read: " + KafkaErrors.say(e);
    if (!reason.equals(problem)) {
      LOG.error("{}; it is tried again", reason, e);
    }
    problem = reason;
    if (!closing) {
      try {
        TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
      } catch (InterruptedException _) {
        closing = true;
      }
    }
  }

  /** There is nothing where it should go on: a group that begins, or a gap. */
  private void goOn(Consumer<byte[], byte[]> consumer, InvalidOffsetException e) {
    Map<TopicPartition, Long> wanted =
        e instanceof OffsetOutOfRangeException gap ? gap.offsetOutOfRangePartitions() : Map.of();
    Set<TopicPartition> partitions =
        e instanceof NoOffsetForPartitionException begins ? begins.partitions() : wanted.keySet();
    try {
      Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, COMMIT);
      for (TopicPartition partition : partitions) {
        long from = first.getOrDefault(partition, 0L);
        Long next = wanted.get(partition);
        if (next == null) {
          LOG.info("{} of the ingest log is read from its first record at {}", partition, from);
        } else if (next < from) {
          lost.park(partition, next, from, fetched);
        } else {
          LOG.error(
              "{} of the ingest log ends before {}, up to which it was done: it was cut or made"
                  + " anew, and is read again from {}",
              partition,
              next,
              from);
        }
        // A tail that begins now must not look for what was read of a topic that is gone.
        share.readerHasRead(partition, from);
        consumer.seek(partition, from);
      }
    } catch (KafkaException again) {
      failed(again);
    }
  }

  private void commitIfDue(Consumer<byte[], byte[]> consumer) {
    if (System.nanoTime() - commitAt >= 0) {
      commit(consumer, consumer.assignment());
      commitAt = System.nanoTime() + COMMIT_EVERY_NANOS;
    }
  }

  /** Commits what is done of the partitions; a commit that fails is repeated by the next one. */
  private void commit(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    fetched
        .done()
        .forEach(
            (partition, next) -> {
              if (partitions.contains(partition) && !next.equals(committed.get(partition))) {
                offsets.put(partition, new OffsetAndMetadata(next));
              }
            });
    if (offsets.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(offsets, COMMIT);
      offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    } catch (KafkaException e) {
      // Until then a crash, or the next owner, would only repeat what is done.
      LOG.warn("What is done of the ingest log cannot be committed: {}", KafkaErrors.say(e));
    }
  }

  private void forget(Collection<TopicPartition> partitions) {
    share.forget(partitions);
    committed.keySet().removeAll(partitions);
  }

  /** Called by Kafka's client within {@code poll}, on the reader's own thread. */
  private final class Rebalance implements ConsumerRebalanceListener {
    private final Consumer<byte[], byte[]> consumer;

    Rebalance(Consumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      share.add(partitions);
      if (!partitions.isEmpty()) {
        LOG.info("This process indexes {} more partitions of the ingest log", partitions.size());
      }
    }

    /** What the lanes are at is waited for, so that the next owner need not repeat it. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (partitions.isEmpty()) {
        return;
      }
      List<TopicPartition> given = new ArrayList<>(partitions);
      share.giveUp(given);
      if (!closing) {
        LOG.info("Other processes index {} partitions of the ingest log now", given.size());
        if (!fetched.awaitDone(given, WAIT_FOR_LANES_NANOS)) {
          LOG.info("Some of their records are under way: they are read twice, and stored once");
        }
      }
      commit(consumer, given);
      forget(given);
    }

    /** They were taken away before this process knew: it must commit nothing. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      LOG.warn(
          "{} partitions of the ingest log were given to others, because this process was not"
              + " heard in time",
          partitions.size());
      forget(List.copyOf(partitions));
    }
  }

  /** Ends in order: what is done is committed, and the others need not wait to take over. */
  @Override
  public void close() {
    closing = true;
    try {
      if (thread.isAlive() && !thread.join(CLOSE.plus(COMMIT))) {
        LOG.warn("The reader of the ingest log does not end; others take over in a while");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** When the oldest record was accepted that is fetched and not done; null where there is none. */
  @Nullable Instant oldest() {
    return fetched.oldest();
  }
}
