package io.tillpost.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.common.stream.StreamMessage;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc.LogsServiceBlockingStub;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc.TraceServiceBlockingStub;
import io.tillpost.trace.TraceId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the OpenTelemetry protocol 1.x says of OTLP/gRPC:
 * https://opentelemetry.io/docs/specs/otlp/#otlpgrpc. A sender gives up on most codes, so each of
 * them matters.
 */
class OtlpGrpcConformanceTest extends RunningIngest {
  private static final String EXPORT =
      "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
  private static final byte COMPRESSED = 1;

  private static String address() {
    return "http://127.0.0.1:" + ingest.collector().grpcPort() + "/";
  }

  private static TraceServiceBlockingStub traces() {
    return GrpcClients.newClient("gproto+" + address(), TraceServiceBlockingStub.class);
  }

  private static String newTrace() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private static byte[] request(String trace) {
    return OtlpHttpTest.request(OtlpHttpTest.span(trace)).toByteArray();
  }

  /** One call with a message as it stands on the wire. */
  private static AggregatedHttpResponse call(
      String path, byte flag, byte[] message, String encoding) {
    byte[] frame =
        ByteBuffer.allocate(5 + message.length)
            .put(flag)
            .putInt(message.length)
            .put(message)
            .array();
    RequestHeadersBuilder headers =
        RequestHeaders.builder(HttpMethod.POST, path)
            .add("content-type", "application/grpc")
            .add("te", "trailers");
    if (!encoding.isEmpty()) {
      headers.add("grpc-encoding", encoding);
    }
    return WebClient.of("h2c://127.0.0.1:" + ingest.collector().grpcPort())
        .execute(headers.build(), HttpData.wrap(frame))
        .aggregate()
        .join();
  }

  /** The code of an answer; it stands in the trailers, or in the headers where there is no body. */
  private static Status.Code code(AggregatedHttpResponse answer) {
    assertThat(answer.status().code()).isEqualTo(200);
    String code = answer.trailers().get("grpc-status", answer.headers().get("grpc-status", ""));
    return Status.fromCodeValue(Integer.parseInt(code)).getCode();
  }

  @Test
  void fullSuccessHasNoPartialSuccess() {
    String trace = newTrace();
    assertThat(traces().export(OtlpHttpTest.request(OtlpHttpTest.span(trace))))
        .isEqualTo(ExportTraceServiceResponse.getDefaultInstance());
    await().until(() -> stores.traces().trace(new TraceId(trace)).size() == 1);
  }

  @Test
  void partialSuccessCountsWhatIsRefusedAndSaysWhy() {
    var partial =
        traces()
            .export(OtlpHttpTest.request(OtlpHttpTest.span("0".repeat(32))))
            .getPartialSuccess();
    assertThat(partial.getRejectedSpans()).isEqualTo(1);
    assertThat(partial.getErrorMessage()).contains("trace_id");
    ExportLogsServiceRequest.Builder logs = ExportLogsServiceRequest.newBuilder();
    logs.addResourceLogsBuilder().addScopeLogsBuilder().addLogRecordsBuilder();
    var refused =
        GrpcClients.newClient("gproto+" + address(), LogsServiceBlockingStub.class)
            .export(logs.build())
            .getPartialSuccess();
    assertThat(refused.getRejectedLogRecords()).isEqualTo(1);
    assertThat(refused.getErrorMessage()).contains("not message events");
  }

  @Test
  void messagesMayBeCompressedWithGzip() {
    String trace = newTrace();
    byte[] gzip = OtlpHttpConformanceTest.gzip(request(trace));
    assertThat(code(call(EXPORT, COMPRESSED, gzip, "gzip"))).isEqualTo(Status.Code.OK);
    await().until(() -> stores.traces().trace(new TraceId(trace)).size() == 1);
    assertThat(code(call(EXPORT, (byte) 0, request(newTrace()), "gzip"))).isEqualTo(Status.Code.OK);
  }

  @ParameterizedTest
  @CsvSource({
    "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export, UNIMPLEMENTED",
    "/opentelemetry.proto.collector.trace.v1.TraceService/Other, UNIMPLEMENTED"
  })
  void otherServicesAndMethodsAreNotThere(String path, Status.Code code) {
    AggregatedHttpResponse answer = call(path, (byte) 0, new byte[0], "");
    // A server without such a service may say so in HTTP; clients make UNIMPLEMENTED of a 404.
    if (answer.status().code() != 404) {
      assertThat(code(answer)).isEqualTo(code);
    }
  }

  @Test
  void aCompressionThatIsNotKnownIsUnimplemented() {
    assertThat(code(call(EXPORT, COMPRESSED, request(newTrace()), "br")))
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void aMessageThatIsNoneIsAnInvalidArgumentSoThatItIsNotSentAgain() {
    assertThat(code(call(EXPORT, (byte) 0, new byte[] {1, 2, 3}, "")))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void gzipThatIsNoneOrCutOffIsAnInvalidArgumentToo() {
    byte[] gzip = OtlpHttpConformanceTest.gzip(request(newTrace()));
    for (byte[] wrong :
        new byte[][] {request(newTrace()), {}, Arrays.copyOf(gzip, gzip.length - 9)}) {
      assertThat(code(call(EXPORT, COMPRESSED, wrong, "gzip")))
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void tooLargeIsToldBeforeAndAfterDecompressionAndIsNotToBeSentAgain() {
    var huge = OtlpHttpTest.span(newTrace()).toBuilder().setName("x".repeat(1 << 20)).build();
    byte[] large = OtlpHttpTest.request(huge).toByteArray();
    assertThat(code(call(EXPORT, (byte) 0, large, ""))).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(code(call(EXPORT, COMPRESSED, OtlpHttpConformanceTest.gzip(large), "gzip")))
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    var span = OtlpHttpTest.span(newTrace()).toBuilder().setName("x".repeat(300_000)).build();
    var refusal =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> traces().export(OtlpHttpTest.request(span)));
    // With RetryInfo among its details it would be sent again, for ever.
    var status = StatusProto.fromThrowable(refusal);
    assertThat(status == null ? 0 : status.getDetailsCount()).isZero();
  }

  @Test
  void aBombIsRefusedWhileItArrivesAndItsConnectionGoesOn() {
    byte[] member = OtlpHttpConformanceTest.gzip(new byte[16 << 20]);
    try (ClientFactory connection = ClientFactory.builder().build()) {
      WebClient client =
          WebClient.builder("h2c://127.0.0.1:" + ingest.collector().grpcPort())
              .factory(connection)
              .build();
      for (int members : new int[] {12, 300}) {
        int length = Math.min(256 << 10, members * member.length);
        byte[] prefix = ByteBuffer.allocate(5).put((byte) 1).putInt(length).array();
        InputStream body =
            new SequenceInputStream(
                new ByteArrayInputStream(prefix),
                new SequenceInputStream(
                    Collections.enumeration(
                        Stream.generate(() -> new ByteArrayInputStream(member))
                            .limit(members)
                            .toList())));
        RequestHeaders headers =
            RequestHeaders.builder(HttpMethod.POST, EXPORT)
                .add("content-type", "application/grpc")
                .add("te", "trailers")
                .add("grpc-encoding", "gzip")
                .build();
        AggregatedHttpResponse answer =
            client.execute(HttpRequest.of(headers, StreamMessage.of(body))).aggregate().join();
        assertThat(code(answer)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      }
      assertThat(connection.numConnections()).isEqualTo(1);
    }
  }
}
