package io.tillpost.ingest.index;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import io.tillpost.ingest.log.DiskIngestLog;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfWrittenEvent;
import io.tillpost.ingest.log.LogRow;
import io.tillpost.ingest.progress.IngestMetrics;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.json.EventJson;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a part leaves to the next one in its lane. */
class LaneTest {
  private static final int PART = 10;

  @TempDir Path directory;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final IngestMetrics metrics = new IngestMetrics(meters);
  private final GatedWriter writer = new GatedWriter();
  private final InMemoryStores stores = new InMemoryStores();
  private final Documents<ParkedRecord> parked = stores.documents().of(ParkedRecord.DOCUMENTS);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Lane lane =
      new Lane(
          0,
          new BatchIndexer(writer, stores.documents(), MutableClock.at(MORNING)),
          metrics,
          TracerProvider.noop().get("test"),
          stopping,
          new Semaphore(0));
  private final List<MessageEvent> events =
      Stream.generate(() -> aSale().event(Stage.CAPTURED)).limit(2 * PART).toList();
  private final List<String> left =
      events.subList(0, PART).stream().map(event -> event.id().documentId()).toList();
  private volatile long checkpoint;
  private Undone undone;
  private DiskIngestLog log;

  @BeforeEach
  void startLane() {
    undone = new Undone(position -> checkpoint = position, metrics);
    log = DiskIngestLog.open(directory, 1L << 20, meters);
    log.append(
            events.stream()
                .map(event -> (IngestRecord) new OfWrittenEvent(EventJson.written(event)))
                .toList(),
            MORNING)
        .join();
    writer.leave();
    lane.start();
  }

  @AfterEach
  void endLane() throws InterruptedException {
    writer.open();
    stopping.countDown();
    lane.tryAgain();
    lane.end();
    lane.join();
    log.close();
  }

  @Test
  void aPartThatLeavesStatesIsDoneWithTheNextOne() throws Exception {
    putBoth();
    writer.close(second());
    writer.open(first());
    eventually().until(() -> writer.wasAskedFor(second()));
    // The first part is written as a whole but for its states.
    assertThat(writer.byMessage()).hasSize(PART);
    assertThat(checkpoint).isZero();
    assertThat(metrics.totals().stored()).isZero();
    writer.open();
    eventually().until(() -> checkpoint == 2 * PART);
    assertThat(writer.takenOver()).containsExactlyElementsOf(left);
    assertThat(metrics.totals().stored()).isEqualTo(2 * PART);
    assertThat(parked.count(DocumentQuery.ALL)).isZero();
  }

  @Test
  void aPartBehindWhichNothingWaitsLeavesNothing() throws Exception {
    put(0);
    eventually().until(() -> checkpoint == PART);
    put(PART);
    eventually().until(() -> checkpoint == 2 * PART);
    assertThat(writer.takenOver()).isEmpty();
  }

  @Test
  void aPartBehindWhichOnlyAnEmptyOneWaitsLeavesNothing() throws Exception {
    writer.close(first());
    put(0);
    eventually().until(() -> writer.wasAskedFor(first()));
    assertThat(lane.put(new Lane.Part(List.of(), undone.begin(PART + 1, 1)), () -> false)).isTrue();
    writer.open();
    eventually().until(() -> checkpoint == PART + 1);
    assertThat(writer.batches()).isEqualTo(1);
    assertThat(writer.takenOver()).isEmpty();
  }

  @Test
  void whatWasLeftIsTriedAgainWithThePartThatCannotBeWritten() throws Exception {
    putBoth();
    writer.failAfterNext(3);
    writer.open();
    eventually().until(() -> checkpoint == 2 * PART);
    assertThat(writer.takenOver()).containsExactlyElementsOf(left);
    assertThat(writer.byMessage()).hasSize(2 * PART);
    assertThat(lane.lastError()).isNull();
  }

  @Test
  void whatWasLeftDoesNotWaitForWhatKeepsTheNextPartFromBeingWritten() throws Exception {
    putBoth();
    writer.takeNoMoreOf(second());
    writer.open();
    eventually().until(() -> checkpoint == PART);
    assertThat(writer.takenOver()).containsExactlyElementsOf(left);
    assertThat(lane.lastError()).isEqualTo("not this one");
    assertThat(metrics.totals().stored()).isEqualTo(PART);
    writer.takeNoMoreOf("nothing");
    eventually().until(() -> checkpoint == 2 * PART);
    assertThat(writer.takenOver()).hasSize(PART);
    assertThat(metrics.totals().stored()).isEqualTo(2 * PART);
  }

  @Test
  void aLaneThatHasToEndLeavesNothing() throws Exception {
    putBoth();
    writer.close(second());
    stopping.countDown();
    writer.open(first());
    eventually().until(() -> checkpoint == PART);
    assertThat(writer.takenOver()).isEmpty();
  }

  @Test
  void anEventWhoseStateIsNotTakenThenIsParked() throws Exception {
    writer.refuseLeft("too odd a state");
    putBoth();
    writer.open();
    eventually().until(() -> checkpoint == 2 * PART);
    assertThat(parked.count(DocumentQuery.ALL)).isEqualTo(PART);
    ParkedRecord one = parked.find(DocumentQuery.ALL).items().getFirst().value();
    assertThat(one.reason()).isEqualTo("too odd a state");
    assertThat(one.kind()).isEqualTo(ParkedRecord.Kind.MESSAGE_EVENT);
    assertThat(one.objection()).isEmpty();
    assertThat(metrics.totals().parked()).isEqualTo(PART);
  }

  @Test
  void anEventAtWhoseStateTheWriterBreaksIsParkedAndStopsNobody() throws Exception {
    writer.breakAtLeft(left.get(7));
    putBoth();
    writer.open();
    eventually().until(() -> checkpoint == 2 * PART);
    assertThat(parked.count(DocumentQuery.ALL)).isEqualTo(1);
    ParkedRecord one = parked.find(DocumentQuery.ALL).items().getFirst().value();
    assertThat(one.text()).contains(events.get(7).id().id());
    assertThat(writer.takenOver()).hasSize(PART - 1).doesNotContain(left.get(7));
    assertThat(writer.byMessage()).hasSize(2 * PART);
  }

  private String first() {
    return events.getFirst().messageId().value();
  }

  private String second() {
    return events.getLast().messageId().value();
  }

  /** The first part waits in the writer, and the second one behind it. */
  private void putBoth() throws InterruptedException {
    writer.close(first());
    put(0);
    eventually().until(() -> writer.wasAskedFor(first()));
    put(PART);
  }

  private void put(int from) throws InterruptedException {
    List<LogRow> rows = log.read(from, PART, Long.MAX_VALUE);
    Undone.Batch batch = undone.begin(from + PART, 1);
    assertThat(lane.put(new Lane.Part(rows, batch), () -> false)).isTrue();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
