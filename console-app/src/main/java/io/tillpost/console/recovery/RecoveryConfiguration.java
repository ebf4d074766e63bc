package io.tillpost.console.recovery;

import io.opentelemetry.api.OpenTelemetry;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Puts recovery together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RecoveryProperties.class)
class RecoveryConfiguration {

  @Bean
  RecoveryChannels recoveryChannels(Environment environment) {
    Map<String, ChannelProperties> configured =
        Binder.get(environment)
            .bind(
                "tillpost.channels",
                Bindable.mapOf(String.class, ChannelProperties.class),
                new NoUnboundElementsBindHandler(
                    BindHandler.DEFAULT, new UnboundElementsSourceFilter()))
            .orElse(Map.of());
    return new RecoveryChannels(
        configured.entrySet().stream().map(e -> e.getValue().named(e.getKey())).toList());
  }

  @Bean
  RecoveryRecords recoveryRecords(Stores stores) {
    return new RecoveryRecords(stores.documents());
  }

  @Bean
  RecoveryDispatcher recoveryDispatcher(
      RecoveryRecords records,
      Stores stores,
      RecoveryChannels channels,
      RecoveryProperties pace,
      ObjectProvider<OpenTelemetry> telemetry,
      List<RecoveryListener> listeners,
      Clock clock) {
    return new RecoveryDispatcher(
        records,
        stores.messages(),
        channels,
        pace,
        telemetry.getIfAvailable(OpenTelemetry::noop),
        listeners,
        clock);
  }

  @Bean
  Recovery recovery(
      RecoveryRecords records,
      Stores stores,
      RecoveryChannels channels,
      RecoveryDispatcher dispatcher,
      List<RecoveryListener> listeners,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    return new Recovery(
        records, stores.messages(), channels, dispatcher, listeners, audit, currentOperator, clock);
  }

  @Bean
  Operations operations(RecoveryRecords records) {
    return new Operations(records);
  }
}
