package io.tillpost.ingest.index;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aSale;
import static io.tillpost.testing.Samples.aSpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.ingest.index.BatchIndexer.Outcome;
import io.tillpost.ingest.log.DiskIngestLog;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.IngestRecord.OfSpan;
import io.tillpost.ingest.log.IngestRecord.OfWrittenEvent;
import io.tillpost.ingest.log.IngestRecord.OfWrittenSpan;
import io.tillpost.ingest.log.LogRow;
import io.tillpost.ingest.log.RecordKind;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.store.WrittenEvent;
import io.tillpost.store.WrittenSpan;
import io.tillpost.store.json.EventJson;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import io.tillpost.trace.Span;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchIndexerTest {
  private static final int MANY = 40;

  @TempDir private Path directory;

  private final InMemoryStores stores = new InMemoryStores();
  private final Documents<ParkedRecord> parked = stores.documents().of(ParkedRecord.DOCUMENTS);
  private final AtomicInteger writes = new AtomicInteger();
  private final IngestWriter writer =
      (batch, before, more) -> {
        writes.incrementAndGet();
        return stores.ingestWriter().write(batch, before, more);
      };
  private final BatchIndexer batches =
      new BatchIndexer(writer, stores.documents(), MutableClock.at(MORNING));
  private final List<MessageEvent> events =
      Stream.generate(() -> aSale().event(Stage.CAPTURED)).limit(MANY).toList();

  @Test
  void aRecordWhoseBeginningAloneIsReadableIsParkedAndStopsNoOther() {
    List<LogRow> rows = new ArrayList<>(rows());
    rows.set(11, cut(rows.get(11)));
    rows.set(30, cut(rows.get(30)));

    assertThat(batches.index(rows)).isEqualTo(new Outcome.Done(MANY - 2, 2, List.of()));

    // The others are not looked through by halving.
    assertThat(writes).hasValue(2);
    assertThat(parked.find(DocumentQuery.ALL).items())
        .hasSize(2)
        .allSatisfy(
            one -> {
              assertThat(one.value().kind()).isEqualTo(ParkedRecord.Kind.UNKNOWN);
              assertThat(one.value().reason())
                  .containsPattern("The record at (12|31) of the ingest log: ");
            });
    assertThat(stores.messages().events(events.get(11).messageId())).isEmpty();
    assertThat(stores.messages().events(events.get(12).messageId())).hasSize(1);
    // As after a crash before the checkpoint has moved.
    assertThat(batches.index(rows)).isEqualTo(new Outcome.Done(MANY - 2, 2, List.of()));
    assertThat(parked.count(DocumentQuery.ALL)).isEqualTo(2);
  }

  @Test
  void oneThatIsParkedAlreadyAndCannotBeReadStopsNoOther() {
    List<LogRow> rows = new ArrayList<>(rows());
    rows.set(11, cut(rows.get(11)));
    DocumentStore newer =
        reading(
            DocumentStore.class,
            stores.documents(),
            () -> {
              throw new IllegalArgumentException("There is no state QUARANTINED");
            });
    BatchIndexer indexer = new BatchIndexer(writer, newer, MutableClock.at(MORNING));
    assertThat(indexer.index(rows)).isEqualTo(new Outcome.Done(MANY - 1, 1, List.of()));
    assertThat(indexer.index(rows)).isEqualTo(new Outcome.Done(MANY - 1, 1, List.of()));
    assertThat(parked.count(DocumentQuery.ALL)).isEqualTo(1);

    DocumentStore away =
        reading(
            DocumentStore.class,
            stores.documents(),
            () -> {
              throw new StoreUnavailableException("away", null);
            });
    assertThat(new BatchIndexer(writer, away, MutableClock.at(MORNING)).index(rows))
        .isEqualTo(new Outcome.Unavailable("away"));
  }

  /** The same, where reading one by its id ends in that. */
  @SuppressWarnings("unchecked") // the interface that it is called by
  private static <T> T reading(Class<T> type, Object real, Runnable ends) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (method.getName().equals("get")) {
                ends.run();
              }
              Object answer = method.invoke(real, arguments);
              return answer instanceof Documents<?> documents
                  ? reading(Documents.class, documents, ends)
                  : answer;
            });
  }

  @Test
  void anEventOfAStageThatIsNotKnownIsParkedAndStopsNoOther() {
    WrittenEvent odd = EventJson.written(aSale().event(Stage.QUEUED));
    String json = new String(odd.bytes(), odd.from(), odd.to(), StandardCharsets.UTF_8);
    odd.bytes()[odd.from() + json.indexOf("\"QUEUED\"") + 1] = 'X';
    List<IngestRecord> records = new ArrayList<>(written());
    records.add(17, new OfWrittenEvent(odd));

    assertThat(batches.index(logged(records))).isEqualTo(new Outcome.Done(MANY, 1, List.of()));

    ParkedRecord one = parked.find(DocumentQuery.ALL).items().getFirst().value();
    assertThat(one.kind()).isEqualTo(ParkedRecord.Kind.UNKNOWN);
    assertThat(one.text()).contains("XUEUED");
    assertThat(stores.messages().events(events.getLast().messageId())).hasSize(1);
  }

  @Test
  void whatIsLeftIsFoundByItsPlaceAmongTheWrittenEventsAlone() {
    List<IngestRecord> records = new ArrayList<>(written());
    records.add(0, new OfSpan(aSpan().build()));
    records.add(2, new OfEvent(aSale().event(Stage.CAPTURED)));
    IngestWriter leaves =
        (batch, _, _) ->
            new IngestWriter.Result.Written(
                batch.writtenEvents().size(), 0, List.of(), List.of(0, 3));
    BatchIndexer indexer = new BatchIndexer(leaves, stores.documents(), MutableClock.at(MORNING));

    assertThat(indexer.index(logged(records)))
        .isInstanceOfSatisfying(
            Outcome.Done.class,
            done ->
                assertThat(done.left())
                    .extracting(Records::documentId)
                    .containsExactly(
                        events.get(0).id().documentId(), events.get(3).id().documentId()));
  }

  @Test
  void aRefusedSpanThatIsNoJsonIsParkedAsItIs() {
    Span span = aSpan().build();
    byte[] broken = "{\"service\":\"till".getBytes(StandardCharsets.UTF_8);
    IngestWriter refuses =
        (_, _, _) ->
            new IngestWriter.Result.Written(
                0, 0, List.of(new IngestWriter.Refused(span.documentId(), "it is no JSON")));
    BatchIndexer indexer = new BatchIndexer(refuses, stores.documents(), MutableClock.at(MORNING));
    IngestRecord record =
        new OfWrittenSpan(
            new WrittenSpan(span.documentId(), span.start(), broken, 0, broken.length));

    assertThat(indexer.index(logged(List.of(record)))).isEqualTo(new Outcome.Done(0, 1, List.of()));

    ParkedRecord one = parked.find(DocumentQuery.ALL).items().getFirst().value();
    assertThat(one.kind()).isEqualTo(ParkedRecord.Kind.SPAN);
    assertThat(one.reason()).isEqualTo("it is no JSON");
    assertThat(one.source()).isEmpty();
    assertThat(one.text()).isEqualTo("{\"service\":\"till");
  }

  private List<IngestRecord> written() {
    return events.stream()
        .map(event -> (IngestRecord) new OfWrittenEvent(EventJson.written(event)))
        .toList();
  }

  private List<LogRow> rows() {
    return logged(written());
  }

  private List<LogRow> logged(List<IngestRecord> records) {
    try (DiskIngestLog log = DiskIngestLog.open(directory, 1L << 20, new SimpleMeterRegistry())) {
      log.append(records, MORNING).join();
      return log.read(0, records.size(), 1L << 20);
    }
  }

  /** Without its end. */
  private static LogRow cut(LogRow row) {
    assertThat(row.kind()).isEqualTo(RecordKind.WRITTEN_EVENT);
    byte[] half = Arrays.copyOfRange(row.bytes(), row.from(), (row.from() + row.to()) / 2);
    return new LogRow(
        row.position(),
        row.partition(),
        row.offset(),
        row.kind(),
        row.group(),
        half,
        0,
        half.length);
  }
}
