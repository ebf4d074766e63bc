package io.tillpost.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.tillpost.trace.SpanKind;
import io.tillpost.trace.TraceId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the OpenTelemetry protocol 1.x says of OTLP/HTTP, one test for each sentence that a sender
 * may rely on: https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
class OtlpHttpConformanceTest extends RunningIngest {
  private static final String TRACES = "/v1/traces";
  private static final String LOGS = "/v1/logs";
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  private static HttpResponse<byte[]> post(
      String path, String type, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(ingest.collector().http().resolve(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return ingest.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> json(String path, String body) {
    return post(path, JSON, body.getBytes(UTF_8));
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new IllegalStateException("In memory there is no reason to fail", e);
    }
    return bytes.toByteArray();
  }

  private static String newTrace() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private static void isStored(String trace) {
    await().until(() -> stores.traces().trace(new TraceId(trace)).size() == 1);
  }

  private static String jsonSpan(String trace, String more) {
    return """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"eee19b7ec3c1b174",
        "name":"n","startTimeUnixNano":"%d000000"%s}]}]}]}"""
        .formatted(trace, Instant.now().toEpochMilli(), more);
  }

  private static void isStatus(HttpResponse<byte[]> answer, int http, Code code)
      throws IOException {
    assertThat(answer.statusCode()).isEqualTo(http);
    assertThat(answer.headers().firstValue("content-type")).hasValue(PROTOBUF);
    Status status = Status.parseFrom(answer.body());
    assertThat(status.getCode()).isEqualTo(code.getNumber());
    assertThat(status.getMessage()).isNotBlank();
  }

  private static void isJsonStatus(HttpResponse<byte[]> answer, int http) {
    assertThat(answer.statusCode()).isEqualTo(http);
    assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith(JSON);
    assertThat(new String(answer.body(), UTF_8)).contains("\"code\":").contains("\"message\":\"");
  }

  @Test
  void fullSuccessHasTheTypeOfTheRequestAndNoPartialSuccess() throws IOException {
    String trace = newTrace();
    var answer =
        post(TRACES, PROTOBUF, OtlpHttpTest.request(OtlpHttpTest.span(trace)).toByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue(PROTOBUF);
    assertThat(ExportTraceServiceResponse.parseFrom(answer.body()))
        .isEqualTo(ExportTraceServiceResponse.getDefaultInstance());
    var json = json(TRACES, jsonSpan(newTrace(), ""));
    assertThat(json.statusCode()).isEqualTo(200);
    assertThat(json.headers().firstValue("content-type").orElseThrow()).startsWith(JSON);
    assertThat(json.body()).asString(UTF_8).isEqualTo("{}");
    isStored(trace);
  }

  @ParameterizedTest
  @ValueSource(strings = {TRACES, LOGS})
  void anEmptyRequestIsAFullSuccess(String path) {
    assertThat(post(path, PROTOBUF, new byte[0]).statusCode()).isEqualTo(200);
    assertThat(json(path, "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void partialSuccessCountsWhatIsRefusedAndSaysWhy() throws IOException {
    String good = newTrace();
    String bad = "0".repeat(32);
    var spans = OtlpHttpTest.request(OtlpHttpTest.span(good), OtlpHttpTest.span(bad));
    var traces = post(TRACES, PROTOBUF, spans.toByteArray());
    assertThat(traces.statusCode()).isEqualTo(200);
    var partial = ExportTraceServiceResponse.parseFrom(traces.body()).getPartialSuccess();
    assertThat(partial.getRejectedSpans()).isEqualTo(1);
    assertThat(partial.getErrorMessage()).contains("trace_id");
    isStored(good);

    ExportLogsServiceRequest.Builder logs = ExportLogsServiceRequest.newBuilder();
    logs.addResourceLogsBuilder().addScopeLogsBuilder().addLogRecordsBuilder();
    var answer = post(LOGS, PROTOBUF, logs.build().toByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    var refused = ExportLogsServiceResponse.parseFrom(answer.body()).getPartialSuccess();
    assertThat(refused.getRejectedLogRecords()).isEqualTo(1);
    assertThat(refused.getErrorMessage()).contains("not message events");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "identity", ""})
  void contentEncodingIsGzipOrNone(String encoding) {
    String trace = newTrace();
    byte[] plain = OtlpHttpTest.request(OtlpHttpTest.span(trace)).toByteArray();
    byte[] body = encoding.equalsIgnoreCase("gzip") ? gzip(plain) : plain;
    assertThat(post(TRACES, PROTOBUF, body, "Content-Encoding", encoding).statusCode())
        .isEqualTo(200);
    isStored(trace);
  }

  @Test
  void gzipOfSeveralMembersIsOneBody() {
    String trace = newTrace();
    byte[] plain = OtlpHttpTest.request(OtlpHttpTest.span(trace)).toByteArray();
    byte[] first = gzip(Arrays.copyOf(plain, 10));
    byte[] rest = gzip(Arrays.copyOfRange(plain, 10, plain.length));
    byte[] body = Arrays.copyOf(first, first.length + rest.length);
    System.arraycopy(rest, 0, body, first.length, rest.length);
    assertThat(post(TRACES, PROTOBUF, body, "Content-Encoding", "gzip").statusCode())
        .isEqualTo(200);
    isStored(trace);
  }

  @Test
  void gzipThatIsNoneOrCutOffIsABadRequest() throws IOException {
    byte[] plain = OtlpHttpTest.request(OtlpHttpTest.span(newTrace())).toByteArray();
    byte[] gzip = gzip(plain);
    for (byte[] wrong : new byte[][] {plain, {}, Arrays.copyOf(gzip, gzip.length - 9)}) {
      isStatus(
          post(TRACES, PROTOBUF, wrong, "Content-Encoding", "gzip"), 400, Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void unknownFieldsOfProtobufAreIgnored() {
    String trace = newTrace();
    Span span =
        OtlpHttpTest.span(trace).toBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
                    .build())
            .setKindValue(99)
            .build();
    assertThat(post(TRACES, PROTOBUF, OtlpHttpTest.request(span).toByteArray()).statusCode())
        .isEqualTo(200);
    isStored(trace);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"kind\":5', CONSUMER",
    "'\"kind\":\"5\"', CONSUMER",
    "'\"kind\":\"SPAN_KIND_CONSUMER\"', CONSUMER",
    "'\"kind\":77', UNSPECIFIED",
    "'\"kind\":null', UNSPECIFIED",
    "'\"later\":{\"a\":[{}]},\"kind\":4', PRODUCER"
  })
  void jsonHasEnumsAsNumbersAndUnknownMembers(String member, SpanKind kind) {
    String trace = newTrace();
    assertThat(json(TRACES, jsonSpan(trace, "," + member)).statusCode()).isEqualTo(200);
    isStored(trace);
    assertThat(stores.traces().trace(new TraceId(trace)).getFirst().kind()).isEqualTo(kind);
  }

  @Test
  void jsonIdsAreHexadecimalInEitherCaseAndNotBase64() {
    String trace = newTrace();
    assertThat(json(TRACES, jsonSpan(trace.toUpperCase(java.util.Locale.ROOT), "")).body())
        .asString(UTF_8)
        .isEqualTo("{}");
    isStored(trace);
    assertThat(json(TRACES, jsonSpan("W47/95gDgQPSabYzgT/GDA==", "")).body())
        .asString(UTF_8)
        .contains("\"rejectedSpans\":\"1\"");
  }

  @Test
  void jsonMayNameItsCharsetAndNumbersOf64BitsMayBeNumbers() {
    String trace = newTrace();
    String body = jsonSpan(trace, "").replaceFirst("\"(\\d{19})\"", "$1");
    assertThat(post(TRACES, JSON + "; charset=utf-8", body.getBytes(UTF_8)).statusCode())
        .isEqualTo(200);
    isStored(trace);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"resourceSpans\":{}}",
        "{\"resourceSpans\":[7]}",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":7}]}]}]}",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"startTimeUnixNano\":\"1e9\"}]}]}]}",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"flags\":1.5}]}]}]}",
        "{\"resourceSpans\":",
        "{\"a\":1,\"a\":2}"
      })
  void wrongJsonIsABadRequest(String body) {
    isJsonStatus(json(TRACES, body), 400);
  }

  @Test
  void wrongProtobufIsABadRequest() throws IOException {
    byte[] right = OtlpHttpTest.request(OtlpHttpTest.span(newTrace())).toByteArray();
    byte[] notUtf8 =
        OtlpHttpTest.request(OtlpHttpTest.span(newTrace()).toBuilder().setName("####").build())
            .toByteArray();
    for (int i = 0; i < notUtf8.length; i++) {
      notUtf8[i] = notUtf8[i] == '#' ? (byte) 0xC0 : notUtf8[i];
    }
    for (byte[] wrong : new byte[][] {{1, 2, 3}, Arrays.copyOf(right, 20), notUtf8, deep()}) {
      isStatus(post(TRACES, PROTOBUF, wrong), 400, Code.INVALID_ARGUMENT);
    }
  }

  /** An attribute of arrays within arrays, a thousand deep. */
  private static byte[] deep() {
    AnyValue value = AnyValue.newBuilder().setStringValue("x").build();
    for (int i = 0; i < 1_000; i++) {
      AnyValue.Builder outer = AnyValue.newBuilder();
      outer.getArrayValueBuilder().addValues(value);
      value = outer.build();
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request
        .addResourceSpansBuilder()
        .getResourceBuilder()
        .addAttributesBuilder()
        .setKey("deep")
        .setValue(value);
    return request.build().toByteArray();
  }

  @Test
  void tooLargeIsToldBeforeAndAfterDecompressionWithAndWithoutALength() throws IOException {
    byte[] large = new byte[2 << 20];
    isStatus(post(TRACES, PROTOBUF, large), 413, Code.RESOURCE_EXHAUSTED);
    isStatus(
        post(TRACES, PROTOBUF, gzip(large), "Content-Encoding", "gzip"),
        413,
        Code.RESOURCE_EXHAUSTED);
    var chunked =
        HttpRequest.newBuilder(ingest.collector().http().resolve(TRACES))
            .header("Content-Type", PROTOBUF)
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
            .build();
    isStatus(ingest.send(chunked, BodyHandlers.ofByteArray()), 413, Code.RESOURCE_EXHAUSTED);
    isJsonStatus(post(TRACES, JSON, large), 413);
  }

  @Test
  void otherTypesEncodingsMethodsAndPathsHaveTheirAnswers() throws IOException {
    assertThat(post(TRACES, "text/plain", new byte[1]).statusCode()).isEqualTo(415);
    for (String encoding : new String[] {"br", "zstd", "gzip, gzip"}) {
      isStatus(
          post(TRACES, PROTOBUF, new byte[1], "Content-Encoding", encoding),
          415,
          Code.INVALID_ARGUMENT);
    }
    var untyped =
        HttpRequest.newBuilder(ingest.collector().http().resolve(TRACES))
            .POST(BodyPublishers.ofByteArray(new byte[1]))
            .build();
    assertThat(ingest.send(untyped).statusCode()).isEqualTo(415);
    var get = HttpRequest.newBuilder(ingest.collector().http().resolve(TRACES)).build();
    assertThat(ingest.send(get).statusCode()).isEqualTo(405);
    assertThat(ingest.send(get).headers().firstValue("allow")).hasValue("POST");
    for (String path : new String[] {"/v1/metrics", "/v1development/profiles", "/v1/traces/"}) {
      assertThat(post(path, PROTOBUF, new byte[0]).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void manyAttributesAndLongValuesAreBoundedNotRefused() {
    String trace = newTrace();
    Span.Builder span = OtlpHttpTest.span(trace).toBuilder();
    span.setName("n".repeat(5_000)).setParentSpanId(ByteString.EMPTY);
    for (int i = 0; i < 2_000; i++) {
      span.addAttributesBuilder().setKey("k" + i).getValueBuilder().setStringValue("v");
    }
    span.addAttributesBuilder()
        .setKey("long")
        .getValueBuilder()
        .setStringValue("x".repeat(100_000));
    assertThat(
            post(TRACES, PROTOBUF, OtlpHttpTest.request(span.build()).toByteArray()).statusCode())
        .isEqualTo(200);
    isStored(trace);
    var stored = stores.traces().trace(new TraceId(trace)).getFirst();
    assertThat(stored.name()).hasSize(1_000);
    assertThat(stored.attributes()).hasSizeLessThanOrEqualTo(256);
  }
}
