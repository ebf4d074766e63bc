package io.tillpost.ingest.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tillpost.ingest.log.Append.Appended;
import io.tillpost.ingest.log.Append.OverCapacity;
import io.tillpost.ingest.log.Append.Unavailable;
import io.tillpost.ingest.log.KafkaWatch.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ingest log of several processes: a topic of Kafka, of which each of them takes records in for
 * all, and indexes a share. Positions are those of this process and mean nothing to another; what
 * lasts are the offsets that the group commits. See RATIONALE.md, "Kafka".
 */
public final class KafkaIngestLog implements IngestLog {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaIngestLog.class);
  private static final Duration START = Duration.ofSeconds(10);

  private final KafkaClients clients;
  private final long maxBytes;
  private final RecordSize recordSize = new RecordSize();
  private final KafkaAppends appends;
  private final FetchedRecords fetched;
  private final KafkaShare share;
  private final KafkaReader reader;
  private final KafkaWatch watch;
  private final Timer appendTime;

  private KafkaIngestLog(
      KafkaSettings settings,
      KafkaClients clients,
      long maxBytes,
      MeterRegistry meters,
      Clock clock) {
    this.clients = clients;
    this.maxBytes = maxBytes;
    this.appendTime = DiskIngestLog.appendTime(meters);
    this.fetched = new FetchedRecords(KafkaClients.MAX_BUFFERED_BYTES, recordSize);
    this.share = new KafkaShare(fetched);
    this.reader =
        new KafkaReader(
            clients::consumer, settings.topic(), fetched, share, new LostRecords(meters, clock));
    this.appends =
        new KafkaAppends(
            clients::producer, settings.topic(), KafkaClients.MAX_IN_FLIGHT_BYTES, recordSize);
    this.watch = new KafkaWatch(clients.admin(), settings, reader::start, appends::tryAgain);
  }

  /**
   * Joins the processes that share the topic. Where Kafka is not there it returns after a while all
   * the same: senders are turned away until it is.
   *
   * @param processId names this process in what Kafka tells of its clients
   * @param maxBytes about the most that may wait in the whole topic
   * @throws IngestLogException if Kafka refuses, or what is set cannot be
   */
  public static KafkaIngestLog open(
      KafkaSettings settings, String processId, long maxBytes, MeterRegistry meters, Clock clock) {
    return open(settings, processId, maxBytes, meters, clock, START);
  }

  /**
   * As the other one.
   *
   * @param patience how long it waits for Kafka
   */
  static KafkaIngestLog open(
      KafkaSettings settings,
      String processId,
      long maxBytes,
      MeterRegistry meters,
      Clock clock,
      Duration patience) {
    if (settings.minInsyncReplicas() > settings.replicationFactor()) {
      throw new IngestLogException(
          "tillpost.ingest.log.kafka.min-insync-replicas is larger than replication-factor", null);
    }
    KafkaClients clients = new KafkaClients(settings, "tillpost-" + processId);
    KafkaIngestLog log = new KafkaIngestLog(settings, clients, maxBytes, meters, clock);
    log.watch.start();
    try {
      if (!log.watch.awaitReady(patience)) {
        LOG.error("Kafka does not answer at {}; senders are turned away", settings.servers());
      }
    } catch (IngestLogException e) {
      log.close();
      throw e;
    }
    return log;
  }

  @Override
  public CompletableFuture<Append> append(List<IngestRecord> records, Instant acceptedAt) {
    if (records.isEmpty()) {
      return CompletableFuture.completedFuture(new Appended());
    }
    String problem = problem();
    if (problem != null) {
      return CompletableFuture.completedFuture(new Unavailable(problem));
    }
    if (isFullFor(0)) {
      return CompletableFuture.completedFuture(new OverCapacity("The ingest log is full"));
    }
    long start = System.nanoTime();
    return appends
        .append(records, acceptedAt)
        .whenComplete((_, _) -> appendTime.record(System.nanoTime() - start, TimeUnit.NANOSECONDS));
  }

  @Override
  public List<LogRow> read(long after, int maxRecords, long maxReadBytes) {
    String problem = reader.problem();
    if (problem != null) {
      throw new IngestLogException(problem, null);
    }
    return fetched.read(after, maxRecords, maxReadBytes);
  }

  @Override
  public boolean awaitBeyond(long position, Duration timeout) throws InterruptedException {
    return fetched.await(timeout);
  }

  @Override
  public long waitingBehind(long position) {
    return Math.max(0, fetched.checkpoint() + waiting(share.owned()) - position);
  }

  @Override
  public LogTail tail(long after, Instant since, int most) {
    return new KafkaTail(clients::tailConsumer, share, since, most);
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
    String problem = watch.problem();
    return problem == null ? appends.problem() : problem;
  }

  /**
   * How much waits is known about, and a second late: the size of one request is less than that.
   */
  @Override
  public boolean isFullFor(long bytes) {
    return waitingBytes() > maxBytes;
  }

  @Override
  public boolean isNearlyFull() {
    return waitingBytes() >= maxBytes - maxBytes / 50;
  }

  /** Of the partitions that this process has to index: together the processes tell of all. */
  @Override
  public Backlog backlog() {
    long records = waiting(share.owned());
    return records == 0
        ? Backlog.EMPTY
        : new Backlog(records, recordSize.of(records), fetched.oldest());
  }

  private long waitingBytes() {
    return recordSize.of(waiting(watch.standings().keySet()));
  }

  private long waiting(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Standing> standings = watch.standings();
    Map<TopicPartition, Long> done = fetched.done();
    long records = 0;
    for (TopicPartition partition : partitions) {
      Standing standing = standings.get(partition);
      if (standing != null) {
        long next = Math.max(standing.next(), done.getOrDefault(partition, 0L));
        records += Math.max(0, standing.end() - next);
      }
    }
    return records;
  }

  @Override
  public void close() {
    appends.close();
    reader.close();
    watch.close();
  }
}
