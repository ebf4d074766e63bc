package io.tillpost.ingest.index;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aSale;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.tillpost.ingest.log.DiskIngestLog;
import io.tillpost.ingest.log.IngestLog;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.progress.IngestMetrics;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An indexer between a log on disk and a store that can be made to wait or to fail. */
abstract class WithIndexer {
  static final int MESSAGES = 400;

  /** When everything was accepted; so what waits has waited as long as the clock has gone on. */
  static final Instant ACCEPTED = MORNING;

  @TempDir Path directory;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final IngestMetrics metrics = new IngestMetrics(meters);
  final GatedWriter writer = new GatedWriter();
  final InMemoryStores stores = new InMemoryStores();
  final MutableClock clock = MutableClock.at(ACCEPTED.plusSeconds(60));
  DiskIngestLog log;
  Indexer indexer;

  @BeforeEach
  void openLog() {
    log = DiskIngestLog.open(directory, 64L << 20, meters);
    indexer = indexer(Integer.MAX_VALUE);
  }

  Indexer indexer(int farBehind) {
    return indexer(log, new FarBehind(farBehind, Duration.ofSeconds(2)));
  }

  Indexer indexer(IngestLog from, FarBehind farBehind) {
    return new Indexer(
        from,
        writer.stores(stores),
        metrics,
        OpenTelemetry.noop(),
        clock,
        1_000,
        Duration.ofSeconds(30),
        farBehind);
  }

  @AfterEach
  void close() {
    writer.open();
    indexer.close();
    log.close();
  }

  /** So many messages that were just captured, in the log. */
  List<MessageEvent> captured(int count) {
    return captured(count, ACCEPTED);
  }

  List<MessageEvent> captured(int count, Instant acceptedAt) {
    List<MessageEvent> events =
        Stream.generate(() -> aSale().event(Stage.CAPTURED)).limit(count).toList();
    append(events, acceptedAt);
    return events;
  }

  void append(List<MessageEvent> events, Instant acceptedAt) {
    log.append(events.stream().map(event -> (IngestRecord) new OfEvent(event)).toList(), acceptedAt)
        .join();
  }

  /** Several batches, each large enough to be split. */
  List<MessageEvent> append() {
    List<MessageBuilder> sales = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      sales.add(aSale());
    }
    List<MessageEvent> events = new ArrayList<>();
    for (Stage stage : List.of(Stage.CAPTURED, Stage.RECEIVED, Stage.QUEUED, Stage.CONFIRMED)) {
      sales.forEach(sale -> events.add(sale.event(stage)));
    }
    List<IngestRecord> records = new ArrayList<>();
    events.forEach(event -> records.add(new OfEvent(event)));
    log.append(records, ACCEPTED).join();
    return events;
  }

  static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
