package io.tillpost.console.telemetry;

import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.tillpost.settings.telemetry.SpansWithoutEcho;
import io.tillpost.settings.telemetry.TelemetryProperties;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Takes over from Spring Boot what is sampled and exported. The SDK itself, its resource and the
 * bridge from Micrometer's observations are Spring Boot's.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TelemetryProperties.class)
class TelemetryConfiguration {

  private static final long FLUSH_SECONDS = 2;

  @Bean
  Sampler ownSampler(TelemetryProperties properties) {
    return properties.endpoint() == null
        ? Sampler.alwaysOff()
        : Sampler.parentBased(Sampler.traceIdRatioBased(properties.sample()));
  }

  @Bean
  @ConditionalOnProperty("tillpost.telemetry.endpoint")
  SpansWithoutEcho ownSpanExporter(TelemetryProperties properties) {
    return new SpansWithoutEcho(properties.exporter());
  }

  @Bean
  BatchSpanProcessor ownSpanProcessor(
      TelemetryProperties properties, ObjectProvider<SpanExporter> exporters) {
    return BatchSpanProcessor.builder(SpanExporter.composite(exporters.orderedStream().toList()))
        .setScheduleDelay(properties.every())
        .build();
  }

  /** What is left goes out while the receiver, which may be in this very process, still runs. */
  @Bean
  ApplicationListener<ContextClosedEvent> ownSpansEnd(
      ObjectProvider<SdkTracerProvider> provider, ObjectProvider<SpansWithoutEcho> exporter) {
    return event ->
        exporter.ifAvailable(
            open -> {
              provider.ifAvailable(
                  spans -> spans.forceFlush().join(FLUSH_SECONDS, TimeUnit.SECONDS));
              open.end();
            });
  }

  @Bean
  RequestSpans requestSpans() {
    return new RequestSpans();
  }

  @Bean
  WorthTracing worthTracing() {
    return new WorthTracing();
  }
}
