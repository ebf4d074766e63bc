package io.tillpost.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.tillpost.store.Stores;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Ingest within a Spring Boot application that has {@link Stores}. */
@AutoConfiguration
@ConditionalOnProperty(prefix = "tillpost.ingest", name = "enabled", havingValue = "true")
@EnableConfigurationProperties(IngestProperties.class)
class IngestAutoConfiguration {
  @Bean
  Collector ingestCollector(
      IngestProperties config,
      Stores stores,
      ObjectProvider<MeterRegistry> meters,
      ObjectProvider<OpenTelemetry> telemetry,
      ObjectProvider<Clock> clock) {
    return new Collector(
        config,
        stores,
        meters.getIfUnique(SimpleMeterRegistry::new),
        telemetry.getIfUnique(OpenTelemetry::noop),
        clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  IngestHealthIndicator ingestHealthIndicator(Collector collector) {
    return new IngestHealthIndicator(collector);
  }
}
