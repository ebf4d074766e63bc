package io.tillpost.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfWrittenSpan;
import io.tillpost.ingest.receive.Room;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.TimeWindow;
import io.tillpost.store.WrittenSpan;
import io.tillpost.store.json.SpanJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpanRequestTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant NOW = Instant.parse("2026-11-23T10:15:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final TimeWindow WINDOW =
      new TimeWindow(CLOCK, Duration.ofDays(30), Duration.ofMinutes(10));
  private static final String REFUSED = "refused";
  private static final Sender ANYBODY = Sender.unbound("anybody");
  private final Random random = new Random(4711);
  private final RandomSpans spans = new RandomSpans(random, NOW);
  private final SpanTranslator translator = new SpanTranslator(WINDOW, CLOCK);

  @Test
  void aSpanIsWrittenFromItsBytesAsFromItsObjects() throws Exception {
    int fast = 0;
    for (int i = 0; i < 5_000; i++) {
      ExportTraceServiceRequest request = spans.request(1);
      Translation fromObjects = translator.translate(ANYBODY, request);
      Translation fromBytes = translator.translate(ANYBODY, request.toByteArray());
      assertThat(documents(fromBytes)).as("%s", request).isEqualTo(documents(fromObjects));
      assertThat(fromBytes.refusals()).isEqualTo(fromObjects.refusals());
      assertThat(fromBytes.delivery().rejected()).isEqualTo(fromObjects.delivery().rejected());
      fast += good(request.toByteArray());
    }
    // Else nothing was compared.
    assertThat(fast).isGreaterThan(1_000);
  }

  @Test
  void brokenBytesAreRefusedAndNothingWorse() throws Exception {
    byte[] body = spans.request(2).toByteArray();
    for (int i = 0; i < 5_000; i++) {
      byte[] broken = java.util.Arrays.copyOf(body, random.nextInt(body.length));
      if (broken.length > 0) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      String expected = objectsOutcome(broken);
      String found = outcome(broken);
      // What is not kept, such as links, is not looked at.
      if (!expected.equals(REFUSED)) {
        assertThat(found).isEqualTo(expected);
      }
    }
  }

  private String outcome(byte[] body) {
    try {
      return documents(translator.translate(ANYBODY, body)).toString();
    } catch (InvalidProtocolBufferException _) {
      return REFUSED;
    }
  }

  private String objectsOutcome(byte[] body) {
    try {
      return documents(translator.translate(ANYBODY, ExportTraceServiceRequest.parseFrom(body)))
          .toString();
    } catch (InvalidProtocolBufferException _) {
      return REFUSED;
    }
  }

  /** How many spans are written from their bytes. */
  private static int good(byte[] body) throws InvalidProtocolBufferException {
    List<IngestRecord> good = new ArrayList<>();
    SpanRequest.Sink sink =
        new SpanRequest.Sink() {
          @Override
          public void good(IngestRecord written) {
            good.add(written);
          }

          @Override
          public void unusual(Span span, Resources resource, String scope) {
            // Not counted.
          }
        };
    new SpanRequest(body, WINDOW, new SpanJson(), new Room(16), sink).read();
    return good.size();
  }

  private static List<Object> documents(Translation translation) {
    return documents(translation.delivery().accepted());
  }

  /** What is stored of spans; two ways to the same are equal in this. */
  static List<Object> documents(List<IngestRecord> records) {
    List<Object> documents = new ArrayList<>();
    for (IngestRecord record : records) {
      documents.add(record instanceof OfWrittenSpan(var span) ? document(span) : record);
    }
    return documents;
  }

  private static List<Object> document(WrittenSpan span) {
    JsonNode json = JSON.readTree(span.bytes(), span.from(), span.to() - span.from());
    return List.of(span.documentId(), span.start(), json);
  }
}
