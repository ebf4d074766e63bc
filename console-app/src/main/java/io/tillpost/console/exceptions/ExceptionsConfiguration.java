package io.tillpost.console.exceptions;

import io.tillpost.alerting.notify.PersonalMails;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.SubjectTitles;
import io.tillpost.console.classification.Assignees;
import io.tillpost.console.classification.Classifier;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Operator;
import io.tillpost.console.security.OperatorDirectory;
import io.tillpost.console.security.Permission;
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
  KnownOperators knownOperators(OperatorDirectory operators) {
    return id -> operators.find(id).isPresent();
  }

  /** Who may classify may deal with exceptions; a manager may only look, comment and assign. */
  @Bean
  Assignees assignees(OperatorDirectory operators) {
    return login ->
        operators
            .find(login)
            .map(
                operator ->
                    operator.may(Permission.CLASSIFY)
                        ? Optional.<String>empty()
                        : Optional.of(
                            "%s may not %s, so no rule assigns to them"
                                .formatted(login, Permission.CLASSIFY.action())))
            .orElseGet(() -> Optional.of("Nobody has the user name " + login));
  }

  @Bean
  LastRecoveries lastRecoveries(Stores stores, CurrentOperator currentOperator, Clock clock) {
    return new LastRecoveries(stores.documents(), stores.failures(), currentOperator, clock);
  }

  @Bean
  ExceptionInbox exceptionInbox(
      Stores stores,
      StoreDirectory directory,
      TriageRecords records,
      Classifier classifier,
      KnownOperators known,
      OperatorDirectory operators,
      CurrentOperator currentOperator,
      Workflows workflows,
      LastRecoveries recoveries,
      Clock clock) {
    return new ExceptionInbox(
        stores.failures(),
        stores.messages(),
        directory,
        records,
        classifier,
        known,
        () -> MyTeams.of(currentOperator.get().id(), operators.teams()),
        workflows,
        recoveries,
        clock);
  }

  @Bean
  Triage triage(
      TriageRecords records,
      Stores stores,
      AuditLog audit,
      CurrentOperator currentOperator,
      KnownOperators known,
      OperatorDirectory operators,
      Classifier classifier,
      Clock clock) {
    return new Triage(
        records,
        stores.failures(),
        audit,
        currentOperator,
        known,
        new TeamNames(operators::teams),
        classifier,
        clock);
  }

  @Bean
  RuleTrial ruleTrial(
      Stores stores,
      TriageRecords records,
      Classifier classifier,
      Assignees assignees,
      KnownOperators known,
      OperatorDirectory operators,
      CurrentOperator currentOperator,
      Clock clock) {
    return new RuleTrial(
        stores, records, classifier, assignees, known, operators::teams, currentOperator, clock);
  }

  @Bean
  RuleSuggestions ruleSuggestions(Stores stores, TriageRecords records, Classifier classifier) {
    return new RuleSuggestions(stores.failures(), records, classifier);
  }

  @Bean
  OneAfterAnother oneAfterAnother(TriageRecords records, Stores stores) {
    return new OneAfterAnother(records, stores.failures());
  }

  @Bean
  BulkTriage bulkTriage(Triage triage, OneAfterAnother each, CurrentOperator currentOperator) {
    return new BulkTriage(triage, each, currentOperator);
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
  OldExceptions oldExceptions(TriageRecords records) {
    return new OldExceptions(records);
  }

  @Bean
  SavedViews savedViews(
      Stores stores,
      ExceptionInbox inbox,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    return new SavedViews(stores.documents(), inbox, audit, currentOperator, clock);
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
  RecoveryNews recoveryNews(
      TriageRecords records, Stores stores, KnownOperators known, Clock clock) {
    return new RecoveryNews(
        records,
        stores.failures(),
        new OperationExceptions(stores.documents(), stores.failures()),
        new RecoveriesUnderWay(stores.documents(), stores.failures()),
        known,
        clock);
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
        new Addressees(
            operators::mails,
            operators::teams,
            login -> operators.find(login).map(Operator::stores)),
        new ExceptionStores(stores.failures()),
        login -> operators.find(login).map(Operator::displayName).orElse(login),
        properties.mentionMails(),
        consoleZone,
        clock);
  }

  @Bean
  ExceptionSweep exceptionSweep(
      TriageRecords records,
      Stores stores,
      Classifier classifier,
      Regrouping regrouping,
      MentionMails mentions,
      Clock clock) {
    return new ExceptionSweep(
        records,
        stores.failures(),
        classifier,
        regrouping,
        mentions,
        new RecoveriesUnderWay(stores.documents(), stores.failures()),
        clock);
  }
}
