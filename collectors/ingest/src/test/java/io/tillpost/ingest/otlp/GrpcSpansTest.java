package io.tillpost.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc.TraceServiceBlockingStub;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.tillpost.ingest.log.Append;
import io.tillpost.ingest.log.IngestLog;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.log.IngestRecord.OfWrittenSpan;
import io.tillpost.ingest.progress.IngestMetrics;
import io.tillpost.ingest.progress.SenderActivity;
import io.tillpost.ingest.receive.ApiKeys;
import io.tillpost.ingest.receive.Backpressure;
import io.tillpost.ingest.receive.Door;
import io.tillpost.ingest.receive.Intake;
import io.tillpost.ingest.receive.Load;
import io.tillpost.ingest.receive.Revocations;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.TimeWindow;
import io.tillpost.ingest.status.EventRules;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What came over gRPC goes the way of the bytes too, and comes to the same. */
class GrpcSpansTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:15:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final TimeWindow WINDOW =
      new TimeWindow(CLOCK, Duration.ofDays(30), Duration.ofMinutes(10));
  private static final int MAX_BYTES = 16 << 20;

  private final List<IngestRecord> appended = new ArrayList<>();
  private final Load load = new Load(2, 4L * MAX_BYTES, MAX_BYTES);
  private volatile boolean outOfMemory;
  private Server server;

  @BeforeEach
  void start() {
    IngestMetrics metrics = new IngestMetrics(new SimpleMeterRegistry());
    SenderActivity activity = new SenderActivity(metrics, CLOCK);
    Backpressure backpressure = new Backpressure(metrics, activity, new Random(1));
    Door door =
        new Door(
            ApiKeys.of(Map.of(), Map.of(), true, Revocations.NONE, CLOCK), backpressure, activity);
    Intake intake = new Intake(log(), metrics, backpressure, activity, CLOCK);
    ServerBuilder builder =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .maxRequestLength(0);
    new OtlpReceivers(WINDOW, new EventRules(WINDOW, Map.of()), intake, CLOCK)
        .overGrpc(builder, door, load, backpressure, MAX_BYTES);
    server = builder.build();
    server.start().join();
  }

  /** Takes what is appended, and knows nothing else. */
  private IngestLog log() {
    return (IngestLog)
        Proxy.newProxyInstance(
            IngestLog.class.getClassLoader(),
            new Class<?>[] {IngestLog.class},
            (_, method, arguments) -> {
              if (method.getName().equals("isFullFor")) {
                return false;
              }
              if (outOfMemory) {
                throw new OutOfMemoryError("for a test");
              }
              ((List<?>) arguments[0]).forEach(record -> appended.add((IngestRecord) record));
              return CompletableFuture.completedFuture(new Append.Appended());
            });
  }

  @AfterEach
  void stop() {
    server.stop().join();
    load.close();
  }

  @Test
  void aSpanOverGrpcIsStoredAsFromItsObjects() {
    RandomSpans spans = new RandomSpans(new Random(4712), NOW);
    SpanTranslator translator = new SpanTranslator(WINDOW, CLOCK);
    TraceServiceBlockingStub stub =
        GrpcClients.newClient(
            "gproto+http://127.0.0.1:" + server.activeLocalPort() + "/",
            TraceServiceBlockingStub.class);
    int written = 0;
    for (int i = 0; i < 300; i++) {
      ExportTraceServiceRequest request = spans.request(4);
      Translation expected = translator.translate(Sender.unbound("anybody"), request);
      appended.clear();
      var partial = stub.export(request).getPartialSuccess();
      assertThat(partial.getRejectedSpans()).isEqualTo(expected.refused());
      assertThat(partial.getErrorMessage()).isEqualTo(expected.refusals());
      List<IngestRecord> accepted =
          appended.stream().filter(record -> !(record instanceof OfParked)).toList();
      assertThat(SpanRequestTest.documents(accepted))
          .isEqualTo(SpanRequestTest.documents(expected.delivery().accepted()));
      // Spans of one request share an array where they were written from its bytes.
      written += sharing(accepted);
    }
    // Else nothing was compared.
    assertThat(written).isGreaterThan(50);
  }

  @Test
  void whoSendsWhileThereIsNoMemoryIsToldToComeBack() {
    TraceServiceBlockingStub stub =
        GrpcClients.newClient(
            "gproto+http://127.0.0.1:" + server.activeLocalPort() + "/",
            TraceServiceBlockingStub.class);
    ExportTraceServiceRequest request = new RandomSpans(new Random(4713), NOW).request(4);
    outOfMemory = true;
    assertThatThrownBy(() -> stub.export(request))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    outOfMemory = false;
    assertThat(stub.export(request)).isNotNull();
  }

  @Test
  void whoSendsTooMuchAtOnceIsToldToSendLess() {
    TraceServiceBlockingStub stub =
        GrpcClients.newClient(
            "gproto+http://127.0.0.1:" + server.activeLocalPort() + "/",
            TraceServiceBlockingStub.class);
    ExportTraceServiceRequest one = new RandomSpans(new Random(4714), NOW).request(1);
    ExportTraceServiceRequest.Builder many = ExportTraceServiceRequest.newBuilder();
    for (int i = 0; i <= RequestBounds.MOST_RECORDS; i++) {
      many.addResourceSpans(
          ResourceSpans.newBuilder()
              .addScopeSpans(
                  ScopeSpans.newBuilder()
                      .addSpans(io.opentelemetry.proto.trace.v1.Span.getDefaultInstance())));
    }
    assertThatThrownBy(() -> stub.export(many.build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
              assertThat(e.getStatus().getDescription()).contains("send fewer at once");
            });
    assertThat(stub.export(one)).isNotNull();
  }

  private static int sharing(List<IngestRecord> accepted) {
    int sharing = 0;
    for (IngestRecord record : accepted) {
      if (record instanceof OfWrittenSpan(var span) && span.from() > 0) {
        sharing++;
      }
    }
    return sharing;
  }
}
