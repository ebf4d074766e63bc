package io.tillpost.console.recovery.run;

import io.opentelemetry.api.OpenTelemetry;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.background.RepeatedWork;
import io.tillpost.console.recovery.ItemAudit;
import io.tillpost.console.recovery.LeaseRenewal;
import io.tillpost.console.recovery.Leases;
import io.tillpost.console.recovery.RecoveryListener;
import io.tillpost.console.recovery.RecoveryProperties;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.UnfinishedPlans;
import io.tillpost.console.recovery.automatic.AutomaticAttempts;
import io.tillpost.console.recovery.automatic.AutomaticGuard;
import io.tillpost.console.recovery.automatic.AutomaticRules;
import io.tillpost.console.recovery.automatic.TriagedFailures;
import io.tillpost.console.recovery.channel.BackOff;
import io.tillpost.console.recovery.channel.ChannelClient;
import io.tillpost.console.recovery.channel.ChannelGate;
import io.tillpost.console.recovery.channel.LookUps;
import io.tillpost.console.recovery.channel.RecoveryChannel;
import io.tillpost.console.recovery.channel.RecoveryChannels;
import io.tillpost.console.recovery.earlier.EarlierMessages;
import io.tillpost.console.recovery.earlier.Superseding;
import io.tillpost.console.recovery.target.TargetGates;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.Messages;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs recovery operations in the background: those of this console at once, and those that nobody
 * runs, because their console died, once their lease has run out.
 */
public final class RecoveryDispatcher implements SmartLifecycle, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RecoveryDispatcher.class);

  /** One console dispatches at a time, so that rates hold over all operations and consoles. */
  private static final String LEASE = "dispatcher";

  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final Duration RECORDING_PATIENCE = Duration.ofSeconds(10);

  private final String name = "console-" + UUID.randomUUID();
  private final RecoveryRecords records;
  private final RecoveryChannels channels;
  private final RecoveryProperties pace;
  private final Listeners listeners;
  private final Clock clock;
  private final ChannelClient client;
  private final RunParts parts;
  private final LateOutcomes lateOutcomes;
  private final UnfinishedPlans unfinished;
  private final QuestionRun questions;
  private final Leases leases;
  private final LeaseRenewal renewal;
  private final Map<String, ChannelGate> gates = new ConcurrentHashMap<>();
  private final Map<String, Thread> runs = new ConcurrentHashMap<>();
  private volatile boolean running;
  private final RepeatedWork sweep;

  public RecoveryDispatcher(
      RecoveryRecords records,
      Messages messages,
      IngestWriter writer,
      AuditLog audit,
      RecoveryChannels channels,
      RecoveryProperties pace,
      TargetGates targets,
      TriagedFailures triaged,
      OpenTelemetry telemetry,
      List<RecoveryListener> listeners,
      Clock clock) {
    this.records = records;
    this.channels = channels;
    this.pace = pace;
    this.listeners = new Listeners(listeners);
    this.clock = clock;
    this.client = new ChannelClient(clock);
    ItemAudit itemAudit = new ItemAudit(audit);
    ObjectOrder order = new ObjectOrder(records, clock);
    Superseding superseding = new Superseding(messages, pace.supersede());
    LookUps lookUps = new LookUps(client, channels);
    ItemDispatch dispatch =
        new ItemDispatch(
            records,
            messages,
            superseding,
            order,
            new AutomaticGuard(
                new AutomaticRules(pace.automatic()), triaged, new AutomaticAttempts(records)),
            lookUps,
            client,
            itemAudit,
            telemetry,
            backOff(),
            clock,
            name);
    ItemFollower follower = new ItemFollower(records, messages, lookUps, targets, clock);
    this.parts =
        new RunParts(
            records,
            dispatch,
            new ItemRecording(records, messages, writer, itemAudit, clock),
            follower,
            order,
            new EarlierLook(new EarlierMessages(messages, superseding)),
            targets,
            new TargetHealth(pace.start()),
            pace,
            WindowSize.USUAL,
            clock,
            name);
    this.unfinished = new UnfinishedPlans(records, pace.abandonAfter(), clock);
    this.lateOutcomes = new LateOutcomes(records, messages, pace.lateFor(), clock);
    this.sweep = new Sweep();
    this.leases = new Leases(records.leases(), pace.lease(), clock, name);
    this.renewal = new LeaseRenewal(leases, LEASE, pace.lease(), clock);
    this.questions =
        new QuestionRun(records, messages, follower, lookUps, targets, audit, renewal, clock);
  }

  /** Runs the operation now, unless another console dispatches. */
  void nudge(String operationId) {
    begin(operationId, this::run);
  }

  /** Until when the channel of that name takes nothing from this console; empty while it does. */
  public Optional<ChannelGate.Closed> closed(String channel) {
    return Optional.ofNullable(gates.get(channel)).flatMap(gate -> gate.closed(clock.instant()));
  }

  /** Asks targets what the question is about now, unless another console dispatches. */
  void ask(String questionId) {
    begin(questionId, questions::run);
  }

  private void begin(String id, Work work) {
    if (running) {
      runs.computeIfAbsent(
          id, _ -> Thread.ofVirtual().name("recovery-" + id).start(() -> runLeased(id, work)));
    }
  }

  @Override
  public synchronized void start() {
    if (!running) {
      running = true;
      sweep.start();
    }
  }

  @Override
  public synchronized void stop() {
    running = false;
    sweep.stop();
    List<Thread> running = List.copyOf(runs.values());
    running.forEach(Thread::interrupt);
    try {
      for (Thread run : running) {
        run.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    giveLeaseBack();
  }

  /** Ends for good; what is only stopped can be started again. */
  @Override
  public void close() {
    stop();
    client.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void giveLeaseBack() {
    try {
      leases.release(LEASE);
    } catch (StoreUnavailableException e) {
      log.warn("The lease could not be given back, it runs out by itself: {}", e.getMessage());
    }
  }

  private void runLeased(String id, Work work) {
    try {
      if (renewal.take()) {
        work.on(id);
      }
    } catch (InterruptedException e) {
      log.info("Work on {} goes on when a console runs again", id);
      Thread.currentThread().interrupt();
    } catch (StoreUnavailableException e) {
      log.warn("Work on {} waits for the storage: {}", id, e.getMessage());
    } catch (RuntimeException e) {
      log.error("Work on {} stopped; it goes on in {}", id, pace.sweepEvery(), e);
    } finally {
      runs.remove(id);
    }
  }

  private void run(String id) throws InterruptedException {
    RecoveryOperation operation = records.operations().get(id).map(Versioned::value).orElse(null);
    if (operation == null || !operation.state().active()) {
      return;
    }
    OperationRun run =
        operation.action().onlyRecorded()
            ? recording(operation)
            : channels
                .find(operation.channel())
                .map(channel -> sending(operation, channel))
                .orElseGet(() -> withoutChannel(operation));
    if (run.run()) {
      records
          .apply(id, new OperationEvent.Completed(), null, null, clock.instant())
          .ifPresent(listeners::finished);
    }
  }

  private OperationRun recording(RecoveryOperation operation) {
    return new OperationRun(
        operation,
        RECORDING_PATIENCE,
        (list, bell) -> new RecordRound(operation, list, parts, bell),
        parts,
        listeners,
        renewal);
  }

  private OperationRun sending(RecoveryOperation operation, RecoveryChannel channel) {
    ChannelGate gate =
        gates.computeIfAbsent(
            channel.name(), _ -> new ChannelGate(channel.concurrency(), backOff()));
    Lane lane = new Lane(channel, gate, new RunHealth(operation.id(), parts.health()));
    return new OperationRun(
        operation,
        channel.timeout().plus(GRACE),
        (list, bell) -> new OperationRound(operation, list, parts, lane, bell),
        parts,
        listeners,
        renewal);
  }

  private OperationRun withoutChannel(RecoveryOperation operation) {
    log.warn(
        "Operation {} sends nothing: there is no channel {} in the configuration",
        operation.id(),
        operation.channel());
    return new OperationRun(
        operation,
        RECORDING_PATIENCE,
        (list, bell) -> new ChannelGoneRound(operation, list, parts, bell),
        parts,
        listeners,
        renewal);
  }

  /** Finds what nobody runs, and looks after what is late. */
  private final class Sweep extends RepeatedWork {
    private Instant lateAt = Instant.MIN;

    Sweep() {
      super("recovery-sweeper", pace.sweepEvery());
    }

    @Override
    protected void once() {
      sweepOnce();
      if (!clock.instant().isBefore(lateAt)) {
        lateOutcomes.look();
        unfinished.cleanUp();
        lateAt = clock.instant().plus(pace.lateEvery());
      }
    }
  }

  private void sweepOnce() {
    if (renewal.take()) {
      records.active().forEach(found -> nudge(found.id()));
      records
          .questions()
          .findAll(
              DocumentQuery.ALL.where("finished", "false"),
              part -> part.forEach(found -> ask(found.id())));
    }
    unfinished.giveUp();
  }

  /** What is done with an operation or a question by its id. */
  private interface Work {
    void on(String id) throws InterruptedException;
  }

  private BackOff backOff() {
    return new BackOff(pace.backOffFrom(), pace.backOffTo());
  }
}
