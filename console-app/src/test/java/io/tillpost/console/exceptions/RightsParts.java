package io.tillpost.console.exceptions;

import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.SubjectTitles;
import io.tillpost.console.classification.Assignees;
import io.tillpost.console.classification.Classifier;
import io.tillpost.console.classification.RuleBook;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Teams;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Workflows;
import io.tillpost.store.GroupingStore;
import io.tillpost.store.Stores;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.Samples;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

/** The services as the console puts them together, on a storage in memory. */
@TestConfiguration(proxyBeanMethods = false)
@EnableMethodSecurity
@ComponentScan(
    basePackages = {
      "io.tillpost.console.audit",
      "io.tillpost.console.classification",
      "io.tillpost.console.recovery"
    },
    useDefaultFilters = false,
    includeFilters =
        @Filter(type = FilterType.REGEX, pattern = ".*\\.(\\w+Configuration|AuditTrail)"))
class RightsParts {
  @Bean
  Workflows workflows() {
    return Workflows.of(List.of());
  }

  @Bean
  Stores stores() {
    return new InMemoryStores();
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  CurrentOperator currentOperator() {
    return new CurrentOperator();
  }

  @Bean
  TriageRecords triageRecords(Stores stores) {
    return new TriageRecords(stores.documents(), stores.failures());
  }

  @Bean
  Classifier classifier(RuleBook rules, Stores stores, Clock clock) {
    return new Classifier(rules::rules, stores.messages(), clock);
  }

  @Bean
  TriagedExceptions triagedExceptions(TriageRecords records, Stores stores, Classifier classifier) {
    return new TriagedExceptions(records, stores, classifier);
  }

  @Bean
  Assignees assignees() {
    return Assignees.ANYBODY;
  }

  @Bean
  RuleTrial ruleTrial(
      Stores stores,
      TriageRecords records,
      Classifier classifier,
      CurrentOperator currentOperator,
      Clock clock) {
    return new RuleTrial(
        stores,
        records,
        classifier,
        Assignees.ANYBODY,
        _ -> true,
        () -> Teams.NONE,
        currentOperator,
        clock);
  }

  @Bean
  SavedViews savedViews(
      Stores stores, ExceptionInbox inbox, CurrentOperator currentOperator, Clock clock) {
    AuditLog audit = new AuditLog(stores.documents(), Optional::empty, clock);
    return new SavedViews(stores.documents(), inbox, audit, currentOperator, clock);
  }

  @Bean
  RetryEvidence retryEvidence(Stores stores, Clock clock) {
    return new RetryEvidence(stores.documents(), stores.failures(), clock);
  }

  @Bean
  Regrouping regrouping(
      TriageRecords records,
      Stores stores,
      io.tillpost.console.audit.AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    return new Regrouping(
        new GroupingStore(stores.documents()), records, audit, currentOperator, clock);
  }

  @Bean
  Merging merging(Regrouping regrouping, TriageRecords records) {
    return new Merging(regrouping, records);
  }

  @Bean
  Splitting splitting(Regrouping regrouping, TriageRecords records, Stores stores) {
    return new Splitting(regrouping, records, stores.failures());
  }

  @Bean
  RuleSuggestions ruleSuggestions(Stores stores, TriageRecords records, Classifier classifier) {
    return new RuleSuggestions(stores.failures(), records, classifier);
  }

  @Bean
  SubjectTitles exceptionTitles(TriageRecords records) {
    return records::titles;
  }

  @Bean
  ExceptionInbox exceptionInbox(
      Stores stores, TriageRecords records, Classifier classifier, Clock clock) {
    return new ExceptionInbox(
        stores.failures(),
        stores.messages(),
        StoreDirectory.of(List.of()),
        records,
        classifier,
        _ -> true,
        () -> new MyTeams("", List.of()),
        Samples.workflows(),
        new LastRecoveries(stores.documents(), stores.failures(), new CurrentOperator(), clock),
        clock);
  }

  @Bean
  Triage triage(
      TriageRecords records,
      Stores stores,
      io.tillpost.console.audit.AuditLog audit,
      CurrentOperator currentOperator,
      Classifier classifier,
      Clock clock) {
    return new Triage(
        records,
        stores.failures(),
        audit,
        currentOperator,
        _ -> true,
        new TeamNames(() -> Teams.NONE),
        classifier,
        clock);
  }
}
