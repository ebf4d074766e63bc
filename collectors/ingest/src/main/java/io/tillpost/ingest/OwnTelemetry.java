package io.tillpost.ingest;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.tillpost.settings.telemetry.SpansWithoutEcho;
import io.tillpost.settings.telemetry.TelemetryProperties;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/** How ingest as a process of its own is seen: its numbers and its traces. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TelemetryProperties.class)
class OwnTelemetry {
  /** A batch is indexed several times a second; one a minute, and each that failed, is enough. */
  private static final Duration ALONE = Duration.ofMinutes(1);

  private static final long FLUSH_SECONDS = 2;

  @Bean
  PrometheusMeterRegistry meters() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    return registry;
  }

  @Bean
  @ConditionalOnProperty("tillpost.telemetry.endpoint")
  SpansWithoutEcho ownSpanExporter(TelemetryProperties properties) {
    return new SpansWithoutEcho(properties.exporter(), ALONE, System::nanoTime);
  }

  @Bean
  @ConditionalOnProperty("tillpost.telemetry.endpoint")
  OpenTelemetrySdk ownSpans(TelemetryProperties properties, SpansWithoutEcho exporter) {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setResource(
                    Resource.getDefault().toBuilder()
                        .put("service.name", "tillpost-ingest")
                        .build())
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(properties.sample())))
                .addSpanProcessor(
                    BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(properties.every())
                        .build())
                .build())
        .build();
  }

  /** What is left goes out while the receiver, which may be in this very process, still runs. */
  @Bean
  ApplicationListener<ContextClosedEvent> ownSpansEnd(
      ObjectProvider<OpenTelemetrySdk> spans, ObjectProvider<SpansWithoutEcho> exporter) {
    return event -> {
      spans.ifAvailable(
          sdk -> sdk.getSdkTracerProvider().forceFlush().join(FLUSH_SECONDS, TimeUnit.SECONDS));
      exporter.ifAvailable(
          own -> {
            own.flush().join(FLUSH_SECONDS, TimeUnit.SECONDS);
            own.end();
          });
    };
  }
}
