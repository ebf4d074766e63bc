package io.tillpost.ingest.log;

import static io.tillpost.testing.Samples.aSale;
import static io.tillpost.testing.Samples.aSpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.IngestRecord.OfSpan;
import io.tillpost.ingest.log.IngestRecord.OfWrittenEvent;
import io.tillpost.ingest.log.IngestRecord.OfWrittenSpan;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.WrittenEvent;
import io.tillpost.store.WrittenSpan;
import io.tillpost.store.json.EventJson;
import io.tillpost.store.json.JsonBytes;
import io.tillpost.store.json.SpanJson;
import io.tillpost.store.json.WrittenEvents;
import io.tillpost.trace.Span;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Records that stand in arrays of their decoder, and what the log knows of them in passing. */
class WrittenRecordsTest {
  @TempDir private Path directory;

  /** The first frame is long enough to be packed, the second one is not. */
  @Test
  void theArraysMayBeWrittenAnewAsSoonAsTheDiskLogHasTheRecords() {
    try (DiskIngestLog log = DiskIngestLog.open(directory, 1L << 20, new SimpleMeterRegistry())) {
      for (int count : new int[] {20, 1}) {
        List<MessageEvent> events =
            IntStream.range(0, count).mapToObj(_ -> aSale().event(Stage.CAPTURED)).toList();
        List<WrittenEvent> written = events.stream().map(EventJson::written).toList();
        Span span = aSpan().build();
        OfWrittenSpan writtenSpan = written(span);
        List<IngestRecord> records = new ArrayList<>(records(written));
        records.add(writtenSpan);
        CompletableFuture<Append> appended = log.append(records, Instant.EPOCH);
        spoil(written);
        Arrays.fill(writtenSpan.span().bytes(), (byte) '#');
        appended.join();
        List<LogRow> rows = log.read(log.end() - count - 1, count + 1, 1L << 20);
        assertThat(rows.subList(0, count).stream().map(LogRow::decoded))
            .extracting(entry -> event((LogEntry.Intact) entry))
            .isEqualTo(events);
        assertThat(span((LogEntry.Intact) rows.getLast().decoded())).isEqualTo(span);
      }
    }
  }

  @Test
  void theArraysMayBeWrittenAnewAsSoonAsKafkasProducerHasTheRecords() {
    MockProducer<byte[], byte[]> kafka =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    KafkaAppends appends = new KafkaAppends(() -> kafka, "topic", 1 << 20, new RecordSize());
    MessageEvent event = aSale().event(Stage.CAPTURED);
    List<WrittenEvent> written = List.of(EventJson.written(event));
    var _ = appends.append(records(written), Instant.EPOCH);
    spoil(written);
    assertThat(kafka.history())
        .extracting(ProducerRecord::value)
        .extracting(value -> RecordCodec.decode(1, value, 0, value.length))
        .extracting(entry -> event((LogEntry.Intact) entry))
        .containsExactly(event);
    appends.close();
  }

  private static List<IngestRecord> records(List<WrittenEvent> events) {
    return events.stream().map(event -> (IngestRecord) new OfWrittenEvent(event)).toList();
  }

  private static void spoil(List<WrittenEvent> events) {
    events.forEach(event -> Arrays.fill(event.bytes(), (byte) '#'));
  }

  private static Span span(LogEntry.Intact entry) {
    WrittenSpan span = ((OfWrittenSpan) entry.content()).span();
    return SpanJson.read(
        new JsonMapper().readTree(span.bytes(), span.from(), span.to() - span.from()));
  }

  private static MessageEvent event(LogEntry.Intact entry) {
    return WrittenEvents.whole(((OfWrittenEvent) entry.content()).event());
  }

  @Test
  void theBeginningOfARecordTellsItsKind() {
    MessageEvent event = aSale().event(Stage.FAILED);
    Span span = aSpan().build();
    assertThat(kind(encoded(new OfEvent(event)))).isEqualTo(RecordKind.EVENT);
    assertThat(kind(encoded(new OfWrittenEvent(EventJson.written(event)))))
        .isEqualTo(RecordKind.WRITTEN_EVENT);
    assertThat(kind(encoded(new OfSpan(span)))).isEqualTo(RecordKind.SPAN);
    assertThat(kind(encoded(written(span)))).isEqualTo(RecordKind.WRITTEN_SPAN);
    byte[] parked = encoded(AppendingProcess.record(1));
    assertThat(kind(parked)).isEqualTo(RecordKind.PARKED);
    assertThat(kind(Arrays.copyOf(parked, 3))).isEqualTo(RecordKind.UNREADABLE);
    assertThat(kind(new byte[0])).isEqualTo(RecordKind.UNREADABLE);
    parked[0] = 99;
    assertThat(kind(parked)).isEqualTo(RecordKind.UNREADABLE);
  }

  private static RecordKind kind(byte[] bytes) {
    return LogRow.of(1, bytes, 0, bytes.length).kind();
  }

  private static byte[] encoded(IngestRecord record) {
    byte[] buffer = new byte[16_384];
    return Arrays.copyOf(buffer, RecordCodec.encode(record, Instant.EPOCH, buffer, 0));
  }

  private static OfWrittenSpan written(Span span) {
    JsonBytes json = new JsonBytes(new byte[64]);
    new SpanJson().write(json, span);
    return new OfWrittenSpan(
        new WrittenSpan(span.documentId(), span.start(), json.array(), 0, json.size()));
  }
}
