package io.tillpost.console.recovery.api;

import io.opentelemetry.api.OpenTelemetry;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.recovery.FourEyes;
import io.tillpost.console.recovery.LongPlans;
import io.tillpost.console.recovery.OperationStores;
import io.tillpost.console.recovery.RecoveryListener;
import io.tillpost.console.recovery.RecoveryProperties;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.OperationControl;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.act.Replays;
import io.tillpost.console.recovery.act.Settlements;
import io.tillpost.console.recovery.automatic.TriagedFailures;
import io.tillpost.console.recovery.channel.ChannelProperties;
import io.tillpost.console.recovery.channel.RecoveryChannels;
import io.tillpost.console.recovery.due.AutomaticRetries;
import io.tillpost.console.recovery.due.AutomaticRetry;
import io.tillpost.console.recovery.due.AutomaticRun;
import io.tillpost.console.recovery.edit.EditAndRetry;
import io.tillpost.console.recovery.edit.RuleAgain;
import io.tillpost.console.recovery.list.PlanSize;
import io.tillpost.console.recovery.list.Planning;
import io.tillpost.console.recovery.operation.ItemsCsv;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.recovery.operation.Outlooks;
import io.tillpost.console.recovery.operation.ShownItems;
import io.tillpost.console.recovery.operation.ShownUnconfirmed;
import io.tillpost.console.recovery.run.Beginning;
import io.tillpost.console.recovery.run.LateLook;
import io.tillpost.console.recovery.run.Listeners;
import io.tillpost.console.recovery.run.Questions;
import io.tillpost.console.recovery.run.RecoveryDispatcher;
import io.tillpost.console.recovery.target.KnownTargets;
import io.tillpost.console.recovery.target.TargetFreezes;
import io.tillpost.console.recovery.target.TargetGates;
import io.tillpost.console.recovery.target.Targets;
import io.tillpost.console.schema.PayloadSchemas;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.message.Workflows;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.ZoneId;
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
      TargetGates targets,
      TriagedFailures triaged,
      AuditLog audit,
      ObjectProvider<OpenTelemetry> telemetry,
      List<RecoveryListener> listeners,
      Clock clock) {
    return new RecoveryDispatcher(
        records,
        stores.messages(),
        stores.ingestWriter(),
        audit,
        channels,
        pace,
        targets,
        triaged,
        telemetry.getIfAvailable(OpenTelemetry::noop),
        listeners,
        clock);
  }

  @Bean
  TargetFreezes targetFreezes(RecoveryRecords records, Clock clock) {
    return new TargetFreezes(records, clock);
  }

  @Bean
  TargetGates targetGates(
      RecoveryProperties settings, ObjectProvider<ZoneId> consoleZone, TargetFreezes freezes) {
    return new TargetGates(settings, consoleZone.getIfAvailable(ZoneId::systemDefault), freezes);
  }

  @Bean
  Targets targets(
      RecoveryRecords records,
      Stores stores,
      TargetGates gates,
      TargetFreezes freezes,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    return new Targets(
        records,
        gates,
        freezes,
        new KnownTargets(records, gates.named(), stores.failures(), clock),
        audit,
        currentOperator,
        clock);
  }

  @Bean
  Beginning recoveryBeginning(
      RecoveryProperties settings,
      RecoveryDispatcher dispatcher,
      List<RecoveryListener> listeners,
      Clock clock) {
    return new Beginning(
        new FourEyes(settings.fourEyes()), new Listeners(listeners), dispatcher, clock);
  }

  /** Closed before the storage is. */
  @Bean
  LongPlans recoveryLongPlans(RecoveryRecords records, Clock clock) {
    return LongPlans.onThreads(records, clock);
  }

  @Bean
  Planning recoveryPlanning(
      RecoveryRecords records,
      LongPlans longPlans,
      Stores stores,
      RecoveryChannels channels,
      RecoveryProperties settings,
      Beginning beginning,
      TriagedFailures triaged,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    return new Planning(
        records,
        stores.messages(),
        channels,
        settings,
        PlanSize.upTo(settings.longestList()),
        longPlans,
        beginning,
        triaged,
        audit,
        currentOperator,
        clock);
  }

  @Bean
  AutomaticRun automaticRun(
      RecoveryRecords records,
      Stores stores,
      RecoveryProperties settings,
      Planning planning,
      TriagedFailures triaged,
      TargetGates targets,
      AuditLog audit,
      Clock clock) {
    AutomaticRetry retry =
        new AutomaticRetry(
            records, stores.messages(), settings, planning, triaged, targets, audit, clock);
    return new AutomaticRun(retry, records, settings, clock);
  }

  @Bean
  AutomaticRetries automaticRetries(
      RecoveryRecords records,
      Stores stores,
      RecoveryProperties settings,
      TriagedFailures triaged,
      Clock clock) {
    return new AutomaticRetries(records, stores.messages(), settings, triaged, clock);
  }

  @Bean
  Recovery recovery(Planning planning, Stores stores) {
    return new Recovery(planning, stores.messages());
  }

  @Bean
  Discards discards(Planning planning, Stores stores) {
    return new Discards(planning, stores.messages());
  }

  @Bean
  EditAndRetry editAndRetry(
      RecoveryRecords records,
      Planning planning,
      Stores stores,
      RecoveryProperties settings,
      PayloadSchemas schemas,
      CurrentOperator currentOperator) {
    return new EditAndRetry(
        records, planning, stores.messages(), settings.edit(), schemas, currentOperator);
  }

  @Bean
  PayloadSchemas payloadSchemas(RecoveryProperties settings, Workflows workflows) {
    return PayloadSchemas.read(settings.edit().schemas(), workflows);
  }

  @Bean
  Replays replays(
      RecoveryRecords records, Planning planning, Stores stores, RecoveryChannels channels) {
    return new Replays(records, planning, stores.messages(), channels);
  }

  @Bean
  PlanBodies recoveryPlanBodies(
      Recovery recovery,
      Discards discards,
      EditAndRetry edits,
      RuleAgain ruleAgain,
      Replays replays) {
    return new PlanBodies(recovery, discards, edits, ruleAgain, replays);
  }

  @Bean
  RuleAgain ruleAgain(
      RecoveryRecords records,
      EditAndRetry edits,
      OperationControl control,
      CurrentOperator currentOperator) {
    return new RuleAgain(
        records, edits, control, new ShownItems(records, currentOperator), currentOperator);
  }

  /** One for all who ask, because it remembers the answers. */
  @Bean
  OperationStores operationStores(RecoveryRecords records) {
    return new OperationStores(records);
  }

  @Bean
  OperationControl operationControl(
      RecoveryRecords records,
      OperationStores operationStores,
      Beginning beginning,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    return new OperationControl(records, operationStores, beginning, audit, currentOperator, clock);
  }

  @Bean
  Questions questions(
      RecoveryRecords records,
      OperationStores operationStores,
      Stores stores,
      RecoveryChannels channels,
      TargetGates targets,
      RecoveryDispatcher dispatcher,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    return new Questions(
        records,
        operationStores,
        stores.messages(),
        channels,
        targets,
        dispatcher,
        audit,
        currentOperator,
        clock);
  }

  @Bean
  Settlements settlements(
      RecoveryRecords records,
      Stores stores,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    return new Settlements(
        records, new LateLook(records, stores.messages(), clock), audit, currentOperator, clock);
  }

  @Bean
  Operations operations(
      RecoveryRecords records,
      Stores stores,
      TargetGates targets,
      RecoveryChannels channels,
      RecoveryDispatcher dispatcher,
      RecoveryProperties settings,
      CurrentOperator currentOperator,
      ObjectProvider<ZoneId> consoleZone,
      Clock clock) {
    Outlooks outlooks =
        new Outlooks(
            targets,
            channels,
            dispatcher::closed,
            settings.start(),
            consoleZone.getIfAvailable(ZoneId::systemDefault),
            clock);
    return new Operations(
        records,
        outlooks,
        new ShownUnconfirmed(new LateLook(records, stores.messages(), clock)),
        new ShownItems(records, currentOperator),
        currentOperator);
  }

  @Bean
  ItemsCsv itemsCsv(RecoveryRecords records, AuditLog audit, CurrentOperator currentOperator) {
    return new ItemsCsv(records, new ShownItems(records, currentOperator), audit, currentOperator);
  }
}
