package io.tillpost.ingest.index;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.tillpost.ingest.log.DiskIngestLog;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.progress.IngestMetrics;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexerTest {
  private static final int MESSAGES = 400;

  /** When everything was accepted; so what waits has waited as long as the clock has gone on. */
  private static final Instant ACCEPTED = MORNING;

  @TempDir Path directory;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final IngestMetrics metrics = new IngestMetrics(meters);
  private final GatedWriter writer = new GatedWriter();
  private final InMemoryStores stores = new InMemoryStores();
  private final MutableClock clock = MutableClock.at(ACCEPTED.plusSeconds(60));
  private DiskIngestLog log;
  private Indexer indexer;

  @BeforeEach
  void openLog() {
    log = DiskIngestLog.open(directory, 64L << 20, meters);
    indexer = indexer(Integer.MAX_VALUE);
  }

  private Indexer indexer(int farBehind) {
    return new Indexer(
        log,
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

  @Test
  void eventsOfAMessageAreWrittenInTheirOrder() {
    List<MessageEvent> events = append();
    indexer.start();
    eventually().until(() -> log.checkpoint() == events.size());
    Map<String, List<MessageEvent>> written = writer.byMessage();
    assertThat(written).hasSize(MESSAGES);
    written
        .values()
        .forEach(
            one -> assertThat(one).isSortedAccordingTo((a, b) -> a.stage().compareTo(b.stage())));
    assertThat(metrics.totals().stored()).isEqualTo(events.size());
  }

  @Test
  void theCheckpointWaitsForTheSlowestLane() {
    List<MessageEvent> events = append();
    String slow = events.getFirst().messageId().value();
    writer.close(slow);
    indexer.start();
    eventually().until(() -> writer.byMessage().size() > MESSAGES / 4);
    assertThat(writer.byMessage()).doesNotContainKey(slow);
    assertThat(log.checkpoint()).isZero();
    assertThat(metrics.totals().stored()).isZero();
    writer.open();
    eventually().until(() -> log.checkpoint() == events.size());
    assertThat(metrics.totals().stored()).isEqualTo(events.size());
  }

  @Test
  void whatComesInWhileTheLanesHaveNoRoomIsOneBatch() {
    List<MessageEvent> events = append();
    writer.close(events.getFirst().messageId().value());
    indexer.start();
    // Of two batches, the parts of the lane that is not held up.
    eventually().until(() -> writer.batches() == 2);
    for (int i = 0; i < 5; i++) {
      List<IngestRecord> few = new ArrayList<>();
      for (int n = 0; n < 200; n++) {
        few.add(new OfEvent(aSale().event(Stage.CAPTURED)));
      }
      log.append(few, ACCEPTED).join();
    }
    writer.open();
    eventually().until(() -> log.checkpoint() == events.size() + 1_000);
    assertThat(writer.batches()).isEqualTo(6);
  }

  @Test
  void whatComesInOvertakesALongBacklog() {
    List<MessageEvent> events = append();
    writer.close(events.getFirst().messageId().value());
    indexer = indexer(events.size() / 2);
    indexer.start();
    eventually().until(() -> writer.byMessage().size() > MESSAGES / 4);
    MessageEvent fresh = aSale().event(Stage.CAPTURED);
    log.append(List.of(new OfEvent(fresh)), ACCEPTED).join();
    eventually().until(() -> writer.byMessage().containsKey(fresh.messageId().value()));
    assertThat(log.checkpoint()).isZero();
    writer.open();
    eventually().until(() -> log.checkpoint() == events.size() + 1);
    assertThat(writer.byMessage()).hasSize(MESSAGES + 1);
    eventually().until(() -> metrics.totals().stored() == events.size() + 1);
    MessageEvent later = aSale().event(Stage.CAPTURED);
    log.append(List.of(new OfEvent(later)), ACCEPTED).join();
    eventually().until(() -> log.checkpoint() == events.size() + 2);
  }

  @Test
  void whatComesInOvertakesOnlyWhatHasWaitedLong() {
    clock.set(ACCEPTED.plusSeconds(2));
    // All that is there to begin with is less than three times as much.
    int far = 2 * MESSAGES;
    indexer = indexer(far);
    List<MessageEvent> events = append();
    writer.close(events.getFirst().messageId().value());
    indexer.start();
    // Of two batches, the parts of the lane that is not held up: now the lanes have no room.
    eventually().until(() -> writer.batches() == 2);
    // Not so lately that it would count as coming in.
    List<MessageEvent> burst = captured(far + 1, ACCEPTED.minusSeconds(10));

    clock.advance(Duration.ofMillis(1));
    List<MessageEvent> after = sendUntilOneIsWritten();

    // If it had overtaken before, it would have been written before these.
    assertThat(writer.byMessage())
        .doesNotContainKeys(burst.stream().map(e -> e.messageId().value()).toArray(String[]::new));
    assertThat(log.checkpoint()).isZero();
    writer.open();
    eventually().until(() -> log.checkpoint() == events.size() + burst.size() + after.size());
    assertThat(writer.byMessage()).hasSize(MESSAGES + burst.size() + after.size());
  }

  @Test
  void whatComesInOvertakesAlsoAFewThatAreNotTaken() {
    indexer = indexer(MESSAGES);
    MessageEvent held = captured(1).getFirst();
    writer.close(held.messageId().value());
    indexer.start();
    eventually().until(() -> writer.wasAskedFor(held.messageId().value()));
    // Few enough to be one part, which waits for the one that is under way.
    List<MessageEvent> few = captured(5);
    List<MessageEvent> during = captured(MESSAGES + 1);

    List<MessageEvent> after = sendUntilOneIsWritten();

    assertThat(log.checkpoint()).isZero();
    writer.open();
    eventually().until(() -> log.checkpoint() == 1L + few.size() + during.size() + after.size());
    assertThat(writer.byMessage()).hasSize(1 + few.size() + during.size() + after.size());
  }

  @Test
  void aBurstThatIsTooLargeIsOvertakenAtOnce() {
    clock.set(ACCEPTED);
    indexer = indexer(MESSAGES / 4);
    // One of each message: what was accepted lately overtakes, and must not wait for the closed
    // one.
    List<MessageEvent> events = captured(4 * MESSAGES);
    writer.close(events.getFirst().messageId().value());
    indexer.start();
    eventually().until(() -> writer.batches() >= 2);
    captured(MESSAGES);
    List<MessageEvent> after = sendUntilOneIsWritten();
    assertThat(log.checkpoint()).isZero();
    writer.open();
    eventually().until(() -> log.checkpoint() == events.size() + MESSAGES + after.size());
  }

  @Test
  void afterAnOutageTheFirstThatIsTakenOvertakesAllThatCameBefore() {
    writer.failTimes(Integer.MAX_VALUE);
    indexer = indexer(MESSAGES);
    List<MessageEvent> events = append();
    indexer.start();
    // Now it is known where the backlog ends.
    eventually().until(() -> writer.wasAskedFor(events.getFirst().messageId().value()));
    List<MessageEvent> during = captured(3_000);
    String firstDuring = during.getFirst().messageId().value();
    eventually().until(() -> writer.wasAskedFor(firstDuring));

    writer.close(events.getFirst().messageId().value());
    writer.failTimes(0);
    List<MessageEvent> after = sendUntilOneIsWritten();

    assertThat(log.checkpoint()).isZero();
    assertThat(writer.byMessage())
        .doesNotContainKeys(during.stream().map(e -> e.messageId().value()).toArray(String[]::new));
    writer.open();
    eventually().until(() -> log.checkpoint() == events.size() + during.size() + after.size());
    assertThat(writer.byMessage()).hasSize(MESSAGES + during.size() + after.size());
  }

  @Test
  void whatWaitedWithAStoreThatDidNotAnswerIsNotWhatOvertakes() {
    int backlog = startWithABacklog();
    String held = holdTheFirstThatOvertakes();
    List<MessageEvent> during = captured(3_000);

    writer.open(held);
    eventually().until(() -> writer.byMessage().containsKey(held));
    List<MessageEvent> after = sendUntilOneIsWritten();

    assertThat(writer.byMessage())
        .doesNotContainKeys(during.stream().map(e -> e.messageId().value()).toArray(String[]::new));
    writer.open();
    eventually().until(() -> log.checkpoint() == backlog + 1 + during.size() + after.size());
  }

  @Test
  void whatWasAcceptedAsTheStoreBeganToTakeAgainOvertakesTooButNoMoreThanHalfABatch() {
    int backlog = startWithABacklog();
    String held = holdTheFirstThatOvertakes();
    captured(3_000);
    List<MessageEvent> justNow = captured(800, clock.instant().minusMillis(2_500));

    writer.open(held);
    List<String> overtaking =
        justNow.subList(300, 800).stream().map(e -> e.messageId().value()).toList();
    eventually().until(() -> writer.byMessage().keySet().containsAll(overtaking));
    assertThat(log.checkpoint()).isZero();
    assertThat(writer.byMessage()).doesNotContainKey(justNow.get(299).messageId().value());
    writer.open();
    eventually().until(() -> log.checkpoint() == backlog + 1 + 3_800);
    assertThat(writer.byMessage()).hasSize(MESSAGES + 1 + 3_800);
  }

  /** Far more than a batch, in a lane that is held up; how many. */
  private int startWithABacklog() {
    indexer = indexer(MESSAGES);
    List<MessageEvent> events = append();
    writer.close(events.getFirst().messageId().value());
    indexer.start();
    eventually().until(() -> writer.byMessage().size() > MESSAGES / 4);
    return events.size();
  }

  /** One more message, at which what is tried first waits until it is opened; its id. */
  private String holdTheFirstThatOvertakes() {
    MessageEvent held = aSale().event(Stage.CAPTURED);
    String id = held.messageId().value();
    writer.close(id);
    log.append(List.of(new OfEvent(held)), ACCEPTED).join();
    eventually().until(() -> writer.wasAskedFor(id));
    return id;
  }

  /** Messages that are captured one after the other until one of them is written. */
  private List<MessageEvent> sendUntilOneIsWritten() {
    List<MessageEvent> all = new ArrayList<>();
    eventually()
        .until(
            () -> {
              all.addAll(captured(1));
              return all.stream()
                  .anyMatch(e -> writer.byMessage().containsKey(e.messageId().value()));
            });
    return all;
  }

  /** So many messages that were just captured, in the log. */
  private List<MessageEvent> captured(int count) {
    return captured(count, ACCEPTED);
  }

  private List<MessageEvent> captured(int count, Instant acceptedAt) {
    List<MessageEvent> events =
        Stream.generate(() -> aSale().event(Stage.CAPTURED)).limit(count).toList();
    log.append(events.stream().map(event -> (IngestRecord) new OfEvent(event)).toList(), acceptedAt)
        .join();
    return events;
  }

  @Test
  void aPartThatCannotBeWrittenIsTriedAgainUntilItIs() {
    List<MessageEvent> events = append();
    writer.failTimes(5);
    indexer.start();
    eventually().until(() -> log.checkpoint() == events.size());
    assertThat(writer.byMessage()).hasSize(MESSAGES);
    assertThat(indexer.lastError()).isNull();
  }

  @Test
  void aLaneThatEndsByAFaultSaysSo() {
    writer.die();
    indexer.start();
    captured(1);
    eventually().until(() -> indexer.lastError() != null);
    assertThat(indexer.lastError())
        .isEqualTo(
            "A lane of the indexer has ended; start ingest again: java.lang.StackOverflowError: for a test");
    assertThat(log.checkpoint()).isZero();
  }

  @Test
  void whatWasSentAgainAndIsRefusedAgainIsParkedAgain() {
    writer.refuse("too many fields");
    indexer.start();
    MessageEvent event = aSale().event(Stage.CAPTURED);
    log.append(List.of(new OfEvent(event)), ACCEPTED).join();
    Documents<ParkedRecord> parked = stores.documents().of(ParkedRecord.DOCUMENTS);
    eventually().until(() -> parked.count(DocumentQuery.ALL) == 1);
    var first = parked.find(DocumentQuery.ALL).items().getFirst();
    assertThat(first.value().objection()).isEmpty();
    parked.replace(first, first.value().toSend().flatMap(ParkedRecord::sent).orElseThrow());
    writer.refuse("still too many fields");
    log.append(List.of(new OfEvent(event)), ACCEPTED).join();
    eventually()
        .until(
            () -> parked.get(first.id()).orElseThrow().value().state(),
            state -> state == ParkedRecord.State.PARKED);
    assertThat(parked.get(first.id()).orElseThrow().value().reason())
        .isEqualTo("still too many fields");
  }

  /** Several batches, each large enough to be split. */
  private List<MessageEvent> append() {
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

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
