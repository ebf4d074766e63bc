package io.tillpost.console.exceptions;

import io.tillpost.alerting.notify.PersonalMails;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.SubjectTitles;
import io.tillpost.console.classification.Classifier;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Operator;
import io.tillpost.console.security.OperatorDirectory;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Workflows;
import io.tillpost.store.GroupingStore;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts triage together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TriageProperties.class)
class ExceptionsConfiguration {

  @Bean
  TriageRecords triageRecords(Stores stores) {
    return new TriageRecords(stores.documents(), stores.failures());
  }

  @Bean
  ExceptionInbox exceptionInbox(
      Stores stores,
      StoreDirectory directory,
      TriageRecords records,
      Classifier classifier,
      Workflows workflows,
      Clock clock) {
    return new ExceptionInbox(
        stores.failures(), stores.messages(), directory, records, classifier, workflows, clock);
  }

  @Bean
  Triage triage(
      TriageRecords records,
      Stores stores,
      AuditLog audit,
      CurrentOperator currentOperator,
      OperatorDirectory operators,
      Classifier classifier,
      Clock clock) {
    return new Triage(
        records,
        stores.failures(),
        audit,
        currentOperator,
        id -> operators.find(id).isPresent(),
        classifier,
        clock);
  }

  @Bean
  RuleTrial ruleTrial(
      Stores stores,
      TriageRecords records,
      Classifier classifier,
      CurrentOperator currentOperator,
      Clock clock) {
    return new RuleTrial(stores, records, classifier, currentOperator, clock);
  }

  @Bean
  RuleSuggestions ruleSuggestions(Stores stores, TriageRecords records) {
    return new RuleSuggestions(stores.failures(), records);
  }

  @Bean
  BulkTriage bulkTriage(Triage triage) {
    return new BulkTriage(triage);
  }

  @Bean
  FrozenLists frozenLists(
      ExceptionInbox inbox,
      TriageRecords records,
      Stores stores,
      CurrentOperator currentOperator,
      Clock clock) {
    return new FrozenLists(inbox, records, stores, currentOperator, clock);
  }

  @Bean
  Regrouping regrouping(
      TriageRecords records,
      Stores stores,
      AuditLog audit,
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
  OldSplits oldSplits(TriageRecords records, Stores stores, Clock clock) {
    return new OldSplits(new GroupingStore(stores.documents()), records, stores.failures(), clock);
  }

  @Bean
  SavedViews savedViews(
      Stores stores, ExceptionInbox inbox, CurrentOperator currentOperator, Clock clock) {
    return new SavedViews(stores.documents(), inbox, currentOperator, clock);
  }

  @Bean
  RetryEvidence retryEvidence(Stores stores, Clock clock) {
    return new RetryEvidence(stores.documents(), stores.failures(), clock);
  }

  @Bean
  SubjectTitles exceptionTitles(TriageRecords records) {
    return records::titles;
  }

  @Bean
  TriagedExceptions triagedExceptions(TriageRecords records, Stores stores, Classifier classifier) {
    return new TriagedExceptions(records, stores, classifier);
  }

  @Bean
  RecoveryNews recoveryNews(TriageRecords records, Stores stores, Clock clock) {
    return new RecoveryNews(records, stores.failures(), clock);
  }

  @Bean
  MentionMails mentionMails(
      TriageRecords records,
      Stores stores,
      ObjectProvider<PersonalMails> mails,
      OperatorDirectory operators,
      TriageProperties properties,
      ZoneId consoleZone,
      Clock clock) {
    return new MentionMails(
        records,
        stores.documents(),
        Optional.ofNullable(mails.getIfAvailable()),
        operators::mails,
        login -> operators.find(login).map(Operator::displayName).orElse(login),
        properties.mentionMails(),
        consoleZone,
        clock);
  }

  @Bean
  ExceptionSweep exceptionSweep(
      TriageRecords records,
      Stores stores,
      Regrouping regrouping,
      MentionMails mentions,
      Clock clock) {
    return new ExceptionSweep(
        records,
        stores.failures(),
        regrouping,
        mentions,
        new RecoveriesUnderWay(stores.documents(), stores.failures()),
        clock);
  }
}
