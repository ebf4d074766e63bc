package io.tillpost.ingest.log;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The reading side of {@link KafkaIngestLog} with all its parts, on a topic in memory: for what
 * takes a broker too long, or depends on when something happens.
 */
public final class SharedLogUnderTest implements IngestLog {
  /** So many has the topic, by their numbers from 0. */
  public static final int PARTITIONS = 3;

  private final TopicInMemory topic;
  private final FetchedRecords fetched = new FetchedRecords(1 << 20, new RecordSize());
  private final KafkaShare share = new KafkaShare(fetched);
  private final KafkaReader reader;

  /**
   * One whose process has all partitions.
   *
   * @param whenCommitted is given each record that is committed, once again where that is done
   *     again
   */
  public SharedLogUnderTest(Consumer<LogRow> whenCommitted) {
    Map<TopicPartition, Long> before = new HashMap<>();
    this.topic =
        new TopicInMemory(
            PARTITIONS,
            (partition, next) -> {
              for (long i = before.getOrDefault(partition, 0L); i < next; i++) {
                whenCommitted.accept(FetchedRecord.of(partition, topic().at(partition, i)).row(0));
              }
              before.put(partition, next);
            });
    this.reader =
        new KafkaReader(
            topic::member,
            TopicInMemory.NAME,
            fetched,
            share,
            new LostRecords(new SimpleMeterRegistry(), Clock.systemUTC()));
    topic.share(topic.all());
    reader.start();
  }

  private TopicInMemory topic() {
    return topic;
  }

  /** In which partition the events of a message are. */
  public int partitionOf(String messageId) {
    return topic.partitionOf(messageId).partition();
  }

  /** From now on the process has these alone. */
  public void share(Set<Integer> partitions) {
    topic.share(
        partitions.stream()
            .map(number -> new TopicPartition(TopicInMemory.NAME, number))
            .collect(Collectors.toSet()));
  }

  /** What a tail asks next fails so often. */
  public void failTail(int times) {
    topic.failSingle(times);
  }

  /** How many records are not committed, of all partitions. */
  public long uncommitted() {
    return waiting(Map.of(), topic.all());
  }

  private long waiting(Map<TopicPartition, Long> done, Set<TopicPartition> partitions) {
    return partitions.stream()
        .mapToLong(
            partition ->
                topic.end(partition)
                    - Math.max(topic.done(partition), done.getOrDefault(partition, 0L)))
        .sum();
  }

  @Override
  public CompletableFuture<Append> append(List<IngestRecord> records, Instant acceptedAt) {
    records.forEach(record -> topic.append(record, acceptedAt));
    return CompletableFuture.completedFuture(new Append.Appended());
  }

  @Override
  public List<LogRow> read(long after, int maxRecords, long maxBytes) {
    return fetched.read(after, maxRecords, maxBytes);
  }

  /** The position of the record that was read last. */
  public long read() {
    return fetched.last();
  }

  @Override
  public boolean awaitBeyond(long position, Duration timeout) throws InterruptedException {
    return fetched.await(timeout);
  }

  @Override
  public long waitingBehind(long position) {
    return Math.max(0, fetched.checkpoint() + waiting(fetched.done(), share.owned()) - position);
  }

  @Override
  public LogTail tail(long after, Instant since, int most) {
    return new KafkaTail(topic::single, share, since, most);
  }

  @Override
  public long checkpoint() {
    return fetched.checkpoint();
  }

  @Override
  public void moveCheckpoint(long position) {
    fetched.moveCheckpoint(position);
  }

  @Override
  public @Nullable String problem() {
    return null;
  }

  @Override
  public boolean isFullFor(long bytes) {
    return false;
  }

  @Override
  public boolean isNearlyFull() {
    return false;
  }

  @Override
  public Backlog backlog() {
    long records = waiting(fetched.done(), share.owned());
    return records == 0 ? Backlog.EMPTY : new Backlog(records, records, fetched.oldest());
  }

  @Override
  public void close() {
    reader.close();
  }
}
