package io.tillpost.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.rpc.Status;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tillpost.trace.SpanKind;
import io.tillpost.trace.TraceId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OtlpHttpTest extends RunningIngest {
  private static final String PROTOBUF = "application/x-protobuf";

  static ExportTraceServiceRequest request(Span... spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(java.util.List.of(spans))))
        .build();
  }

  static Span span(String traceId) {
    return Span.newBuilder()
        .setTraceId(ByteString.fromHex(traceId))
        .setSpanId(ByteString.fromHex("00f067aa0ba902b7"))
        .setName("post sale")
        .setStartTimeUnixNano(Instant.now().toEpochMilli() * 1_000_000)
        .build();
  }

  private static HttpResponse<byte[]> protobuf(byte[] body) throws Exception {
    URI uri = ingest.collector().http().resolve("/v1/traces");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri)
              .header("Content-Type", PROTOBUF)
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  @Test
  void whoSendsTooMuchAtOnceIsToldToSendLess() throws Exception {
    Span[] many = new Span[100_001];
    Arrays.fill(many, Span.getDefaultInstance());
    HttpResponse<byte[]> answer = protobuf(request(many).toByteArray());
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(Status.parseFrom(answer.body()).getMessage())
        .isEqualTo("The request has more than 100,000 records; send fewer at once");
  }

  @Test
  void spansInJsonHaveHexadecimalIdsNumbersAsTextAndUnknownMembers() {
    long now = Instant.now().toEpochMilli();
    String json =
        """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"till"}}]},
        "scopeSpans":[{"scope":{"name":"s"},"later":true,"spans":[{
        "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174","name":"post",
        "kind":3,"startTimeUnixNano":"%d000000","endTimeUnixNano":%d000000,"status":{"code":2},
        "attributes":[{"key":"n","value":{"intValue":"42"}},
        {"key":"a","value":{"arrayValue":{"values":[{"intValue":1},{"boolValue":true}]}}},
        {"key":"pan","value":{"stringValue":"4111111111111111"}},
        {"key":"b","value":{"bytesValue":"AQI="}}]}]}]}]}
        """
            .formatted(now, now + 5);
    var answer = ingest.post("/v1/traces", "application/json", json.getBytes(UTF_8));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}");
    assertThat(answer.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/json");
    TraceId id = new TraceId("5b8efff798038103d269b633813fc60c");
    await().until(() -> !stores.traces().trace(id).isEmpty());
    var span = stores.traces().trace(id).getFirst();
    assertThat(span.service()).isEqualTo("till");
    assertThat(span.kind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.duration().toMillis()).isEqualTo(5);
    assertThat(span.attributes())
        .containsEntry("n", "42")
        .containsEntry("a", "[1,true]")
        .containsEntry("b", "AQI=")
        .containsEntry("pan", "411111******1111");
  }

  @Test
  void aSpanWithoutAValidIdIsRefusedAndTheOthersAreStored() throws Exception {
    String good = "11111111111111111111111111111111";
    var answer =
        protobuf(
            request(span(good), span("00000000000000000000000000000000"), span("abcd"))
                .toByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    var success = ExportTraceServiceResponse.parseFrom(answer.body()).getPartialSuccess();
    assertThat(success.getRejectedSpans()).isEqualTo(2);
    assertThat(success.getErrorMessage()).contains("trace_id: is not 16 bytes other than zero");
    await().until(() -> stores.traces().trace(new TraceId(good)).size() == 1);
    assertThat(stores.traces().trace(new TraceId(good)).getFirst().service())
        .isEqualTo("unknown_service");
  }

  @Test
  void anEmptyRequestIsAccepted() throws Exception {
    assertThat(protobuf(new byte[0]).statusCode()).isEqualTo(200);
    assertThat(ingest.post("/v1/logs", "application/json", "{}".getBytes(UTF_8)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void anErrorIsAStatusInTheTypeOfTheRequest() throws Exception {
    var answer = protobuf(new byte[] {1, 2, 3});
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).hasValue(PROTOBUF);
    assertThat(Status.parseFrom(answer.body()).getMessage()).contains("not the expected protobuf");
    var json =
        ingest.post("/v1/traces", "application/json", "{\"resourceSpans\":7}".getBytes(UTF_8));
    assertThat(json.statusCode()).isEqualTo(400);
    assertThat(json.body()).contains("resourceSpans: is not a JSON array");
    assertThat(ingest.post("/v1/traces", "text/plain", new byte[1]).statusCode()).isEqualTo(415);
    assertThat(protobuf(new byte[2 << 20]).statusCode()).isEqualTo(413);
    assertThat(ingest.post("/v1/metrics", PROTOBUF, new byte[0]).statusCode()).isEqualTo(404);
  }

  @Test
  void logRecordsThatAreNoMessageEventsAreDroppedAndSaidSo() {
    String json =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"hello"}},
        {"eventName":"tillpost.message","timeUnixNano":"1","attributes":[]}]}]}]}
        """;
    var answer = ingest.post("/v1/logs", "application/json", json.getBytes(UTF_8));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"rejectedLogRecords\":\"2\"")
        .contains("tillpost.stage: is missing")
        .contains("1 log records are not message events");
  }
}
