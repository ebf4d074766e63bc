package io.tillpost.ingest.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * One request, made once and sent until it is answered 200. Its records are of today, of a week ago
 * and of both sides of midnight, so that every batch goes to several indices.
 *
 * @param ids of its records, as {@link StoredRecords} calls them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record SentBatch(String path, String contentType, byte[] body, List<String> ids) {
  private static final int RECORDS = 10;

  /** Message events for an even number, spans for an odd one. */
  static SentBatch of(int number) {
    return number % 2 == 0 ? events(number, RECORDS / 2) : spans(number);
  }

  /** Two events of each of so many messages. */
  static SentBatch large(int number, int messages) {
    return events(number, messages);
  }

  private static Instant time(int index) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Instant midnight = now.truncatedTo(ChronoUnit.DAYS);
    return switch (index % 5) {
      case 0 -> now.minus(Duration.ofDays(7));
      case 1 -> midnight.minusMillis(1);
      case 2 -> midnight;
      default -> now;
    };
  }

  private static SentBatch events(int number, int messages) {
    List<String> ids = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < messages; i++) {
      String message = "sale-" + number + "-" + i;
      Instant captured = time(i);
      for (String stage : List.of("CAPTURED", "CONFIRMED")) {
        ids.add(message + " " + stage);
        body.append(body.isEmpty() ? '[' : ',').append(event(message, stage, captured));
      }
    }
    return new SentBatch(
        "/v1/message-events",
        "application/cloudevents-batch+json",
        body.append(']').toString().getBytes(UTF_8),
        ids);
  }

  private static String event(String message, String stage, Instant captured) {
    return """
        {"specversion":"1.0","type":"io.tillpost.message-event.v1","id":"%s %s","source":"/till",
        "subject":"%s","time":"%s","data":{"stage":"%s","workflow":"sales-posting",
        "capturedAt":"%s","storeId":"0412","amount":{"minor":1999,"currency":"EUR"}}}"""
        .formatted(message, stage, message, captured, stage, captured);
  }

  private static SentBatch spans(int number) {
    List<String> ids = new ArrayList<>();
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int i = 0; i < RECORDS; i++) {
      String trace = "%024x%08x".formatted(number, i + 1);
      ids.add(trace);
      scope.addSpans(
          Span.newBuilder()
              .setTraceId(ByteString.fromHex(trace))
              .setSpanId(ByteString.fromHex("00f067aa0ba902b7"))
              .setName("post sale")
              .setStartTimeUnixNano(time(i).toEpochMilli() * 1_000_000));
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request.addResourceSpansBuilder().addScopeSpans(scope);
    return new SentBatch(
        "/v1/traces", "application/x-protobuf", request.build().toByteArray(), ids);
  }
}
