package io.tillpost.settings.telemetry;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Keys under {@code tillpost.telemetry}, for the console and for ingest as a process of its own.
 *
 * @param endpoint where Tillpost's own traces go by OTLP/HTTP, like {@code
 *     http://localhost:4318/v1/traces}, its own ingest or any collector; without it nothing is
 *     traced
 * @param headers sent along, for example {@code Authorization}; secret
 * @param sample the share of traces that are kept, 0 to 1; a caller's decision in {@code
 *     traceparent} goes first
 * @param every the pause between two exports
 */
@Validated
@ConfigurationProperties(value = "tillpost.telemetry", ignoreUnknownFields = false)
public record TelemetryProperties(
    @Nullable URI endpoint,
    @DefaultValue Map<String, String> headers,
    @DefaultValue("1") @DecimalMin("0") @DecimalMax("1") double sample,
    @DefaultValue("5s") Duration every) {

  /** Copies its map. */
  public TelemetryProperties {
    headers = Map.copyOf(headers);
  }

  /** Sends spans to the endpoint, compressed. */
  public SpanExporter exporter() {
    OtlpHttpSpanExporterBuilder builder =
        OtlpHttpSpanExporter.builder().setEndpoint(String.valueOf(endpoint)).setCompression("gzip");
    headers.forEach(builder::addHeader);
    return builder.build();
  }

  /** Without what the headers say. */
  @Override
  public String toString() {
    return "TelemetryProperties[endpoint=%s, headers=%s, sample=%s, every=%s]"
        .formatted(endpoint, headers.keySet(), sample, every);
  }
}
