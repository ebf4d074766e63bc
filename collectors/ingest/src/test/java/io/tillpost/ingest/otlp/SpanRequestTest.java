package io.tillpost.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
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
  private static final List<String> NAMES =
      List.of(
          "messaging.message.id",
          "messaging.message.conversation_id",
          "peer.service",
          "server.address",
          "server.port",
          "kund\u00e9",
          "\"odd\"\\\n",
          "x".repeat(300),
          "4111 1111 1111 1111");
  private static final List<String> TEXTS =
      List.of(
          "",
          "erp.example",
          "4111111111111111",
          "card 4111 1111 1111 1111 was used",
          "sale-0412-03-20261123-004711-4111111111111111",
          "M\u00fcller & \u20ac \uD83D\uDED2 \u0001 \"quoted\"\\\t",
          "y".repeat(20_000));

  private final Random random = new Random(4711);
  private final SpanTranslator translator = new SpanTranslator(WINDOW, CLOCK);

  @Test
  void aSpanIsWrittenFromItsBytesAsFromItsObjects() throws Exception {
    int fast = 0;
    for (int i = 0; i < 5_000; i++) {
      ExportTraceServiceRequest request = request(span());
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
    byte[] body = request(span(), span()).toByteArray();
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
    new SpanRequest(body, WINDOW, new SpanJson(), new Room(1), sink).read();
    return good.size();
  }

  private static List<Object> documents(Translation translation) {
    List<Object> documents = new ArrayList<>();
    for (IngestRecord record : translation.delivery().accepted()) {
      documents.add(record instanceof OfWrittenSpan(var span) ? document(span) : record);
    }
    return documents;
  }

  private static List<Object> document(WrittenSpan span) {
    JsonNode json = JSON.readTree(span.bytes(), span.from(), span.to() - span.from());
    return List.of(span.documentId(), span.start(), json);
  }

  private ExportTraceServiceRequest request(Span... spans) {
    ResourceSpans.Builder resource = ResourceSpans.newBuilder();
    if (random.nextInt(5) > 0) {
      resource.setResource(
          Resource.newBuilder()
              .addAttributes(text("service.name", one(TEXTS)))
              .addAttributes(text("service.version", "4.2.1")));
    }
    ScopeSpans.Builder scope = ScopeSpans.newBuilder().addAllSpans(List.of(spans));
    if (random.nextBoolean()) {
      scope.setScope(InstrumentationScope.newBuilder().setName(one(TEXTS)).setVersion("1"));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(resource.addScopeSpans(scope))
        .build();
  }

  private Span span() {
    long start = (NOW.getEpochSecond() - random.nextInt(1_000)) * 1_000_000_000L + random.nextInt();
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(id(16))
            .setSpanId(id(8))
            .setName(random.nextInt(4) > 0 ? "POST /erp/sales" : one(TEXTS))
            .setKindValue(random.nextInt(8))
            .setStartTimeUnixNano(random.nextInt(30) == 0 ? random.nextLong() : start)
            .setEndTimeUnixNano(
                random.nextInt(30) == 0 ? random.nextLong() : start + random.nextInt(-10, 10_000));
    if (random.nextBoolean()) {
      span.setParentSpanId(id(random.nextInt(20) == 0 ? 7 : 8));
    }
    if (random.nextInt(3) == 0) {
      span.setStatus(Status.newBuilder().setCodeValue(random.nextInt(4)).setMessage(one(TEXTS)));
    }
    if (random.nextInt(10) == 0) {
      span.addEvents(
          Span.Event.newBuilder()
              .setName("exception")
              .setTimeUnixNano(random.nextInt(10) == 0 ? -1 : start)
              .addAttributes(text("exception.message", one(TEXTS))));
    }
    if (random.nextInt(10) == 0) {
      span.addLinks(Span.Link.newBuilder().setTraceId(id(16)).setSpanId(id(8)));
      span.setTraceState("a=b").setFlags(257).setDroppedAttributesCount(1);
    }
    for (int n = random.nextInt(random.nextInt(20) == 0 ? 60 : 6); n > 0; n--) {
      String name = random.nextInt(3) == 0 ? one(NAMES) : "attribute." + random.nextInt(200);
      span.addAttributes(
          random.nextInt(4) == 0
              ? KeyValue.newBuilder().setKey(name).setValue(other()).build()
              : text(name, one(TEXTS)));
    }
    return span.build();
  }

  private AnyValue other() {
    return switch (random.nextInt(6)) {
      case 0 -> AnyValue.newBuilder().setIntValue(random.nextInt()).build();
      case 1 -> AnyValue.newBuilder().setIntValue(4_111_111_111_111_111L).build();
      case 2 -> AnyValue.newBuilder().setBoolValue(random.nextBoolean()).build();
      case 3 -> AnyValue.newBuilder().setDoubleValue(random.nextDouble()).build();
      case 4 ->
          AnyValue.newBuilder()
              .setArrayValue(
                  ArrayValue.newBuilder()
                      .addValues(AnyValue.newBuilder().setStringValue(one(TEXTS))))
              .build();
      default -> AnyValue.getDefaultInstance();
    };
  }

  private ByteString id(int bytes) {
    byte[] id = new byte[bytes];
    if (random.nextInt(50) > 0) {
      random.nextBytes(id);
    }
    return ByteString.copyFrom(id);
  }

  private String one(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static KeyValue text(String name, String value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
