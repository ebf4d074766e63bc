package io.tillpost.ingest.bench;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tillpost.message.Stage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a retail estate sends, as the bytes of requests, made before anything is measured: sales
 * with seven events (the first with a payload) and six spans each, many of them under way at the
 * same time, in the order in which they happen.
 */
final class BenchEstate {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<Stage> PATH = Arrays.stream(Stage.values()).limit(7).toList();
  private static final Duration BETWEEN_STAGES = Duration.ofMillis(800);
  private static final int EVENTS_PER_REQUEST = 500;
  private static final int SPANS_PER_REQUEST = 512;
  private static final String[][] SPANS = {
    {"pos", "sale capture", "PRODUCER"},
    {"middleware", "sales receive", "CONSUMER"},
    {"middleware", "map sale to idoc", "INTERNAL"},
    {"middleware", "INSERT outbox", "CLIENT"},
    {"middleware", "POST /erp/sales", "CLIENT"},
    {"erp", "POST /erp/sales", "SERVER"},
  };

  private final Random random;
  private final LocalDate day;
  private final int first;
  private final int messages;
  private final Duration step;
  private final String run;

  /**
   * An estate on one day.
   *
   * @param messages how many sales
   * @param open how many of them are under way at one time
   * @param run keeps the ids of several runs apart
   */
  BenchEstate(LocalDate day, int messages, int open, String run) {
    this(day, 0, messages, open, run);
  }

  /**
   * As the other one, later on its day.
   *
   * @param first how many sales of the run come before; what is random begins anew
   */
  BenchEstate(LocalDate day, int first, int messages, int open, String run) {
    this.day = day;
    this.first = first;
    this.messages = messages;
    this.step = BETWEEN_STAGES.multipliedBy(PATH.size()).dividedBy(open);
    this.run = run;
    this.random = new Random(day.toEpochDay());
  }

  /** What one POST sends. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  record Request(String path, String contentType, byte[] body, int records) {}

  /** How many events and spans the requests hold. */
  int records() {
    return messages * (PATH.size() + SPANS.length);
  }

  /** All requests as large as stock senders make them, in the order of time. */
  List<Request> requests() {
    return requests(EVENTS_PER_REQUEST, true);
  }

  /** The message that the first event of a request speaks of. */
  static String messageIn(Request request) {
    return JSON.readTree(request.body()).path(0).path("subject").asString();
  }

  /** The requests with events alone, so many in each. */
  List<Request> eventRequests(int eventsPerRequest) {
    return requests(eventsPerRequest, false);
  }

  private List<Request> requests(int eventsPerRequest, boolean withSpans) {
    List<Timed> timed = new ArrayList<>();
    Instant start = day.atTime(6, 0).toInstant(ZoneOffset.UTC);
    for (int i = first; i < first + messages; i++) {
      addSale(timed, i, start.plus(step.multipliedBy(i)), withSpans);
    }
    timed.sort((a, b) -> a.at().compareTo(b.at()));
    List<Request> requests = new ArrayList<>();
    List<byte[]> events = new ArrayList<>();
    List<ServiceSpan> spans = new ArrayList<>();
    for (Timed one : timed) {
      switch (one.what()) {
        case byte[] event -> events.add(event);
        case ServiceSpan span -> spans.add(span);
        default -> throw new IllegalStateException();
      }
      if (events.size() == eventsPerRequest) {
        requests.add(events(events));
      }
      if (spans.size() == SPANS_PER_REQUEST) {
        requests.add(spans(spans));
      }
    }
    if (!events.isEmpty()) {
      requests.add(events(events));
    }
    if (!spans.isEmpty()) {
      requests.add(spans(spans));
    }
    return requests;
  }

  private record Timed(Instant at, Object what) {}

  private record ServiceSpan(String service, Span span) {}

  private void addSale(List<Timed> to, int number, Instant captured, boolean withSpans) {
    String store = "%04d".formatted(random.nextInt(600) + 1);
    String id = "sale-%s-03-%s-%s%06d".formatted(store, day, run, number);
    byte[] traceId = bytes(16);
    List<byte[]> spanIds = new ArrayList<>();
    for (int i = 0; i < SPANS.length; i++) {
      spanIds.add(bytes(8));
      Instant start = captured.plus(BETWEEN_STAGES.multipliedBy(i));
      if (withSpans) {
        to.add(new Timed(start.plusMillis(60), span(i, id, store, traceId, spanIds, start)));
      }
    }
    long minor = random.nextInt(30_000);
    for (int i = 0; i < PATH.size(); i++) {
      Instant time = captured.plus(BETWEEN_STAGES.multipliedBy(i));
      to.add(
          new Timed(
              time,
              event(i, id, store, number, minor, captured, time, traceParent(traceId, spanIds))));
    }
  }

  private byte[] event(
      int stage,
      String id,
      String store,
      int number,
      long minor,
      Instant captured,
      Instant time,
      String traceParent) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("stage", PATH.get(stage).name());
    data.put("workflow", "sales-posting");
    data.put("attempt", 1);
    data.put("capturedAt", captured.toString());
    data.put("correlationId", "c-" + id);
    data.put("source", "pos");
    data.put("target", "erp");
    data.put("storeId", store);
    data.put("registerId", "03");
    data.put("businessDate", day.toString());
    data.put("transactionNumber", number);
    data.put("amount", Map.of("minor", minor, "currency", "EUR"));
    data.put("keys", Map.of("receipt", store + "-03-" + number));
    data.put("schemaVersion", "sales/2");
    if (stage == 0) {
      data.put("payload", Map.of("contentType", "application/json", "body", payload(minor)));
    }
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("specversion", "1.0");
    event.put("type", "io.tillpost.message-event.v1");
    event.put("id", id + ":1:" + PATH.get(stage));
    event.put("source", stage == 0 ? "/tills/" + store + "/03" : "/middleware/erp-adapter");
    event.put("subject", id);
    event.put("time", time.toString());
    event.put("traceparent", traceParent);
    event.put("data", data);
    return JSON.writeValueAsBytes(event);
  }

  private String payload(long minor) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      lines.add(
          Map.of(
              "sku", "A-" + random.nextInt(1_000), "quantity", 1 + i, "price", minor, "tax", "V1"));
    }
    return JSON.writeValueAsString(Map.of("lines", lines, "tender", "CARD", "total", minor));
  }

  private static String traceParent(byte[] traceId, List<byte[]> spanIds) {
    return "00-" + hex(traceId) + "-" + hex(spanIds.getFirst()) + "-01";
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }

  private byte[] bytes(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      bytes.putLong(random.nextLong() | 1);
    }
    return bytes.array();
  }

  private ServiceSpan span(
      int index, String id, String store, byte[] traceId, List<byte[]> spanIds, Instant start) {
    String[] of = SPANS[index];
    long nanos = start.getEpochSecond() * 1_000_000_000L + start.getNano();
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(ByteString.copyFrom(traceId))
            .setSpanId(ByteString.copyFrom(spanIds.get(index)))
            .setName(of[1])
            .setKind(Span.SpanKind.valueOf("SPAN_KIND_" + of[2]))
            .setStartTimeUnixNano(nanos)
            .setEndTimeUnixNano(nanos + 1_000L * (20_000 + random.nextInt(40_000)))
            .addAttributes(text("messaging.message.id", id))
            .addAttributes(text("messaging.message.conversation_id", "c-" + id))
            .addAttributes(text("messaging.destination.name", "sales"))
            .addAttributes(text("tillpost.store.id", store))
            .addAttributes(text("server.address", of[0] + ".example"))
            .addAttributes(number("server.port", 8_443))
            .addAttributes(number("http.response.status_code", 200));
    if (index > 0) {
      span.setParentSpanId(ByteString.copyFrom(spanIds.get(index - 1)));
    }
    return new ServiceSpan(of[0], span.build());
  }

  private static Request events(List<byte[]> events) {
    StringBuilder body = new StringBuilder("[");
    for (byte[] event : events) {
      body.append(body.length() > 1 ? "," : "").append(new String(event, StandardCharsets.UTF_8));
    }
    Request request =
        new Request(
            "/v1/message-events",
            "application/cloudevents-batch+json",
            body.append(']').toString().getBytes(StandardCharsets.UTF_8),
            events.size());
    events.clear();
    return request;
  }

  private static Request spans(List<ServiceSpan> spans) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (String service : List.of("pos", "middleware", "erp")) {
      ScopeSpans.Builder scope =
          ScopeSpans.newBuilder()
              .setScope(InstrumentationScope.newBuilder().setName("example.integration"));
      spans.stream()
          .filter(span -> span.service().equals(service))
          .forEach(span -> scope.addSpans(span.span()));
      request.addResourceSpans(
          ResourceSpans.newBuilder()
              .setResource(
                  Resource.newBuilder()
                      .addAttributes(text("service.name", service))
                      .addAttributes(text("service.version", "4.2.1"))
                      .addAttributes(text("deployment.environment.name", "production")))
              .addScopeSpans(scope));
    }
    int records = spans.size();
    spans.clear();
    return new Request(
        "/v1/traces", "application/x-protobuf", request.build().toByteArray(), records);
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
