package io.tillpost.console.recovery.run;

import io.opentelemetry.api.OpenTelemetry;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.recovery.DyingStore;
import io.tillpost.console.recovery.FourEyes;
import io.tillpost.console.recovery.ItemAudit;
import io.tillpost.console.recovery.LeaseRenewal;
import io.tillpost.console.recovery.Leases;
import io.tillpost.console.recovery.LongPlans;
import io.tillpost.console.recovery.RecoveryProperties;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.UnfinishedPlans;
import io.tillpost.console.recovery.automatic.AutomaticAttempts;
import io.tillpost.console.recovery.automatic.AutomaticGuard;
import io.tillpost.console.recovery.automatic.AutomaticRules;
import io.tillpost.console.recovery.automatic.TriagedFailures;
import io.tillpost.console.recovery.channel.BackOff;
import io.tillpost.console.recovery.channel.ChannelGate;
import io.tillpost.console.recovery.channel.ChannelTransport;
import io.tillpost.console.recovery.channel.LookUps;
import io.tillpost.console.recovery.channel.RecoveryChannel;
import io.tillpost.console.recovery.channel.RecoveryChannels;
import io.tillpost.console.recovery.due.AutomaticRetry;
import io.tillpost.console.recovery.earlier.EarlierMessages;
import io.tillpost.console.recovery.earlier.Superseding;
import io.tillpost.console.recovery.list.PlanSize;
import io.tillpost.console.recovery.list.Planning;
import io.tillpost.console.recovery.target.TargetFreezes;
import io.tillpost.console.recovery.target.TargetGates;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.store.memory.InMemoryStores;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A console's dispatcher without threads: it does something only when it is told to. */
final class ModelConsole {
  private final DyingStore documents;
  private final RecoveryRecords records;
  private final RecoveryChannel channel;
  private final RunParts parts;
  private final UnfinishedPlans unfinished;
  private final LeaseRenewal lease;
  private final ChannelGate gate;
  private final AutomaticRetry automatic;
  private final Map<String, Round> rounds = new HashMap<>();

  ModelConsole(
      String name,
      InMemoryStores stores,
      int writesToLive,
      boolean lastWriteHappens,
      RecoveryChannel channel,
      ChannelTransport transport,
      RecoveryProperties settings,
      TriagedFailures triaged,
      WindowSize window,
      PlanSize planSize,
      Clock clock) {
    this.documents = new DyingStore(stores.documents(), writesToLive, lastWriteHappens);
    this.records = new RecoveryRecords(documents);
    this.channel = channel;
    // It remembers for itself what it has read of freezes.
    TargetGates targets =
        new TargetGates(settings, ZoneOffset.UTC, new TargetFreezes(records, clock));
    BackOff backOff = new BackOff(settings.backOffFrom(), settings.backOffTo());
    this.gate = new ChannelGate(channel.concurrency(), backOff);
    ObjectOrder order = new ObjectOrder(records, clock);
    LookUps lookUps = new LookUps(transport, new RecoveryChannels(List.of(channel)));
    AuditLog trail = new AuditLog(documents, Optional::empty, clock);
    ItemAudit audit = new ItemAudit(trail);
    this.parts =
        new RunParts(
            records,
            new ItemDispatch(
                records,
                stores.messages(),
                new Superseding(stores.messages(), settings.supersede()),
                order,
                new AutomaticGuard(
                    new AutomaticRules(settings.automatic()),
                    triaged,
                    new AutomaticAttempts(records)),
                lookUps,
                transport,
                audit,
                OpenTelemetry.noop(),
                backOff,
                clock,
                name),
            new ItemRecording(records, stores.messages(), stores.ingestWriter(), audit, clock),
            new ItemFollower(records, stores.messages(), lookUps, targets, clock),
            order,
            new EarlierLook(
                new EarlierMessages(
                    stores.messages(), new Superseding(stores.messages(), settings.supersede()))),
            targets,
            new TargetHealth(settings.start()),
            settings,
            window,
            clock,
            name);
    this.automatic =
        automatic(records, stores, channel, settings, targets, triaged, trail, planSize, clock);
    this.unfinished = new UnfinishedPlans(records, settings.abandonAfter(), clock);
    this.lease =
        new LeaseRenewal(
            new Leases(records.leases(), settings.lease(), clock, name),
            "dispatcher",
            settings.lease(),
            clock);
  }

  private static AutomaticRetry automatic(
      RecoveryRecords records,
      InMemoryStores stores,
      RecoveryChannel channel,
      RecoveryProperties settings,
      TargetGates targets,
      TriagedFailures triaged,
      AuditLog trail,
      PlanSize planSize,
      Clock clock) {
    RecoveryChannels channels = new RecoveryChannels(List.of(channel));
    // Never started: the consoles of this test find what there is to do.
    RecoveryDispatcher asleep =
        new RecoveryDispatcher(
            records,
            stores.messages(),
            stores.ingestWriter(),
            trail,
            channels,
            settings,
            targets,
            triaged,
            OpenTelemetry.noop(),
            List.of(),
            clock);
    Beginning beginning =
        new Beginning(new FourEyes(settings.fourEyes()), new Listeners(List.of()), asleep, clock);
    Planning planning =
        new Planning(
            records,
            stores.messages(),
            channels,
            settings,
            planSize,
            new LongPlans(records, Runnable::run, clock),
            beginning,
            triaged,
            trail,
            new CurrentOperator(),
            clock);
    return new AutomaticRetry(
        records, stores.messages(), settings, planning, triaged, targets, trail, clock);
  }

  /** Plans automatic retries, whether or not another console does too. */
  void lookForDue() {
    try {
      automatic.look();
    } catch (StoreUnavailableException e) {
      if (!isDead()) {
        throw e;
      }
    }
  }

  boolean isDead() {
    return documents.isDead();
  }

  /** One round of every operation, if this console has the lease. */
  void step() {
    try {
      if (!lease.take()) {
        rounds.clear();
        return;
      }
      for (Versioned<RecoveryOperation> found :
          records.operations().find(DocumentQuery.ALL).items()) {
        if (found.value().state().active()) {
          step(found.value());
        }
      }
      // What a console left when it died while it froze a list.
      unfinished.giveUp();
      unfinished.cleanUp();
    } catch (StoreUnavailableException e) {
      if (!isDead()) {
        throw e;
      }
    }
  }

  private void step(RecoveryOperation operation) {
    Round round = rounds.computeIfAbsent(operation.id(), _ -> round(operation));
    switch (round.next(Runnable::run)) {
      case ON, PACED -> {}
      case OVER -> rounds.remove(operation.id());
      case DONE -> {
        records.apply(
            operation.id(), new OperationEvent.Completed(), null, null, parts.clock().instant());
        rounds.remove(operation.id());
      }
    }
  }

  private Round round(RecoveryOperation operation) {
    FrozenList list = FrozenList.of(records, operation.id());
    if (operation.action().onlyRecorded()) {
      return new RecordRound(operation, list, parts, () -> {});
    }
    Lane lane = new Lane(channel, gate, new RunHealth(operation.id(), parts.health()));
    return new OperationRound(operation, list, parts, lane, () -> {});
  }

  /** The operations that are active, as everybody sees them. */
  static List<RecoveryOperation> operations(InMemoryStores stores) {
    return new RecoveryRecords(stores.documents())
        .operations().find(DocumentQuery.ALL).items().stream().map(Versioned::value).toList();
  }

  /** Whether an operation in that state waits for nobody. */
  static boolean works(OperationState state) {
    return state.active() && state != OperationState.PAUSED;
  }
}
