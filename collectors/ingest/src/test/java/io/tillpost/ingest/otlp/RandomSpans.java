package io.tillpost.ingest.otlp;

import com.google.protobuf.ByteString;
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
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Trace requests with all that spans may have, usual and odd, good and wrong. */
final class RandomSpans {
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

  private final Random random;
  private final Instant now;

  RandomSpans(Random random, Instant now) {
    this.random = random;
    this.now = now;
  }

  /** A request with so many spans of one resource. */
  ExportTraceServiceRequest request(int spans) {
    ResourceSpans.Builder resource = ResourceSpans.newBuilder();
    if (random.nextInt(5) > 0) {
      resource.setResource(
          Resource.newBuilder()
              .addAttributes(text("service.name", one(TEXTS)))
              .addAttributes(text("service.version", "4.2.1")));
    }
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int i = 0; i < spans; i++) {
      scope.addSpans(span());
    }
    if (random.nextBoolean()) {
      scope.setScope(InstrumentationScope.newBuilder().setName(one(TEXTS)).setVersion("1"));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(resource.addScopeSpans(scope))
        .build();
  }

  private Span span() {
    long start = (now.getEpochSecond() - random.nextInt(1_000)) * 1_000_000_000L + random.nextInt();
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
