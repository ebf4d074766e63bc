package io.tillpost.console.audit;

import io.tillpost.store.Stores;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the audit trail together. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

  @Bean
  AuditLog auditLog(Stores stores, Clock clock) {
    return new AuditLog(stores.documents(), CallerAddress::current, clock);
  }
}
