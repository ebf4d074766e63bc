package io.tillpost.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.trace.TraceId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The OpenTelemetry SDK for Java, as others use it. */
class OpenTelemetrySdkTest extends RunningIngest {
  private static final Resource RESOURCE =
      Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "erp-adapter"));

  private static String grpc() {
    return "http://127.0.0.1:" + ingest.collector().grpcPort();
  }

  @Test
  void spansOverGrpc() {
    spansArrive(OtlpGrpcSpanExporter.builder().setEndpoint(grpc()).setCompression("gzip").build());
  }

  @Test
  void spansOverHttp() {
    spansArrive(
        OtlpHttpSpanExporter.builder()
            .setEndpoint(ingest.collector().http() + "/v1/traces")
            .setCompression("gzip")
            .build());
  }

  private static void spansArrive(SpanExporter exporter) {
    String traceId;
    try (SdkTracerProvider tracing =
        SdkTracerProvider.builder()
            .setResource(RESOURCE)
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()) {
      var span = tracing.get("test").spanBuilder("post").startSpan();
      span.setAttribute("messaging.message.id", "m-1");
      span.addEvent("sent");
      span.end();
      traceId = span.getSpanContext().getTraceId();
    }
    await().until(() -> !stores.traces().trace(new TraceId(traceId)).isEmpty());
    var span = stores.traces().trace(new TraceId(traceId)).getFirst();
    assertThat(span.service()).isEqualTo("erp-adapter");
    assertThat(span.messageId()).isEqualTo("m-1");
    assertThat(span.events()).hasSize(1);
  }

  @Test
  void messageEventsOverGrpc() {
    eventsArrive("g", OtlpGrpcLogRecordExporter.builder().setEndpoint(grpc()).build());
  }

  @Test
  void messageEventsOverHttp() {
    eventsArrive(
        "h",
        OtlpHttpLogRecordExporter.builder()
            .setEndpoint(ingest.collector().http() + "/v1/logs")
            .build());
  }

  private static void eventsArrive(String id, LogRecordExporter exporter) {
    try (SdkLoggerProvider logging =
        SdkLoggerProvider.builder()
            .setResource(RESOURCE)
            .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
            .build()) {
      Instant time = Instant.now();
      // Sent twice: without an id of its own the content tells that it is the same.
      for (int i = 0; i < 2; i++) {
        logging
            .get("test")
            .logRecordBuilder()
            .setEventName("tillpost.message")
            .setTimestamp(time)
            .setAttribute("messaging.message.id", id)
            .setAttribute("tillpost.stage", "FAILED")
            .setAttribute("tillpost.workflow", "returns")
            .setAttribute("tillpost.captured_at", time.toString())
            .setAttribute("tillpost.transaction_number", 17L)
            .setAttribute("tillpost.key.receipt", "r-17")
            .setAttribute("error.type", "TIMEOUT")
            .setBody("{\"a\":1}")
            .emit();
      }
    }
    await().until(() -> ingest.collector().progress().orElseThrow().backlog() == 0);
    await().until(() -> stores.messages().find(new MessageId(id)).isPresent());
    var event = stores.messages().events(new MessageId(id));
    assertThat(event).hasSize(1);
    assertThat(event.getFirst().stage()).isEqualTo(Stage.FAILED);
    assertThat(event.getFirst().id().source()).isEqualTo("erp-adapter");
    assertThat(event.getFirst().businessKey().keys()).containsEntry("receipt", "r-17");
    assertThat(event.getFirst().businessKey().transactionNumber()).isEqualTo(17);
    assertThat(stores.messages().payloads(new MessageId(id)).getFirst().payload().contentType())
        .isEqualTo("application/json");
  }
}
