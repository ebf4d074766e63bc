package io.tillpost.ingest.otlp;

import com.linecorp.armeria.server.grpc.GrpcService;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.tillpost.ingest.receive.Backpressure;
import io.tillpost.ingest.receive.Door;
import io.tillpost.ingest.receive.Intake;
import io.tillpost.ingest.receive.JsonBodies;
import io.tillpost.ingest.receive.Load;
import io.tillpost.ingest.receive.PostEndpoint;
import io.tillpost.ingest.receive.TimeWindow;
import io.tillpost.ingest.status.EventRules;
import java.time.Clock;

/** The OTLP receivers of one ingest process. */
public final class OtlpReceivers {
  private final Signal traces;
  private final Signal logs;
  private final Intake intake;

  /** Into this intake. */
  public OtlpReceivers(TimeWindow window, EventRules rules, Intake intake, Clock clock) {
    this.traces = new Signal.Traces(new SpanTranslator(window, clock));
    this.logs = new Signal.Logs(new LogTranslator(rules, clock));
    this.intake = intake;
  }

  /** {@code /v1/traces}. */
  public PostEndpoint tracesOverHttp(JsonBodies json) {
    return new OtlpHttpEndpoint(traces, intake, json);
  }

  /** {@code /v1/logs}. */
  public PostEndpoint logsOverHttp(JsonBodies json) {
    return new OtlpHttpEndpoint(logs, intake, json);
  }

  /**
   * TraceService and LogsService over gRPC.
   *
   * @param maxBytes of a message, before decompression and after it
   */
  public GrpcService overGrpc(Door door, Load load, Backpressure backpressure, int maxBytes) {
    return GrpcService.builder()
        .addService(new TraceCalls(new OtlpExport(traces, intake, load, backpressure)))
        .addService(new LogsCalls(new OtlpExport(logs, intake, load, backpressure)))
        .intercept(new GrpcKeys(door))
        .maxRequestMessageLength(maxBytes)
        .exceptionHandler(new CallFailures())
        .build();
  }

  private static final class TraceCalls extends TraceServiceGrpc.TraceServiceImplBase {
    private final OtlpExport export;

    TraceCalls(OtlpExport export) {
      this.export = export;
    }

    @Override
    public void export(
        ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> to) {
      export.answer(request, ExportTraceServiceResponse.class, to);
    }
  }

  private static final class LogsCalls extends LogsServiceGrpc.LogsServiceImplBase {
    private final OtlpExport export;

    LogsCalls(OtlpExport export) {
      this.export = export;
    }

    @Override
    public void export(
        ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> to) {
      export.answer(request, ExportLogsServiceResponse.class, to);
    }
  }
}
