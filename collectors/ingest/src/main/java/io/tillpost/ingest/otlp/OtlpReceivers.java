package io.tillpost.ingest.otlp;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCalls;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
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
import java.util.List;
import java.util.function.Function;

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
   * Adds TraceService and LogsService over gRPC to a server.
   *
   * @param maxBytes of a message, before decompression and after it
   */
  public void overGrpc(
      ServerBuilder server, Door door, Load load, Backpressure backpressure, int maxBytes) {
    List<Function<HttpService, HttpService>> bounded =
        List.of(calls -> new GrpcBodies(calls, intake, load, backpressure, maxBytes));
    server.service(calls(door, load, backpressure, maxBytes), bounded);
  }

  private GrpcService calls(Door door, Load load, Backpressure backpressure, int maxBytes) {
    return GrpcService.builder()
        .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
        .addService(
            service(
                TraceServiceGrpc.getExportMethod(),
                ExportTraceServiceResponse.class,
                new OtlpExport(traces, intake, load, backpressure)))
        .addService(
            service(
                LogsServiceGrpc.getExportMethod(),
                ExportLogsServiceResponse.class,
                new OtlpExport(logs, intake, load, backpressure)))
        .intercept(new GrpcKeys(door))
        .maxRequestMessageLength(maxBytes)
        .exceptionHandler(new CallFailures())
        .build();
  }

  /** The call of one signal, its requests not decoded. */
  private static <I, O extends Message> ServerServiceDefinition service(
      MethodDescriptor<I, O> decoding, Class<O> answer, OtlpExport export) {
    MethodDescriptor<byte[], O> call =
        decoding.toBuilder(new MessageBytes(), decoding.getResponseMarshaller()).build();
    return ServerServiceDefinition.builder(
            ServiceDescriptor.newBuilder(String.valueOf(call.getServiceName()))
                .addMethod(call)
                .build())
        .addMethod(
            call, ServerCalls.asyncUnaryCall((request, to) -> export.answer(request, answer, to)))
        .build();
  }
}
