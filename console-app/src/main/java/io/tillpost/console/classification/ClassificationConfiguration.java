package io.tillpost.console.classification;

import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/** Puts the rules together. */
@Configuration(proxyBeanMethods = false)
class ClassificationConfiguration {
  @Bean
  RuleBook ruleBook(
      Stores stores,
      Assignees assignees,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock)
      throws IOException {
    String shipped =
        new ClassPathResource("tillpost/classification-rules.yaml")
            .getContentAsString(StandardCharsets.UTF_8);
    return new RuleBook(stores.documents(), shipped, assignees, audit, currentOperator, clock);
  }

  @Bean
  Classifier classifier(RuleBook rules, Stores stores, Clock clock) {
    return new Classifier(rules::rules, stores.messages(), clock);
  }
}
