package io.tillpost.console.recovery;

import io.opentelemetry.api.OpenTelemetry;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.OperationControl;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.act.Replays;
import io.tillpost.console.recovery.act.Settlements;
import io.tillpost.console.recovery.automatic.TriagedFailures;
import io.tillpost.console.recovery.channel.RecoveryChannels;
import io.tillpost.console.recovery.due.AutomaticRetries;
import io.tillpost.console.recovery.due.AutomaticRetry;
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
import io.tillpost.store.DocumentStore;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.Messages;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** One console's recovery on documents that others may share. */
public final class TestConsole implements AutoCloseable {
  public final RecoveryRecords records;
  public final RecoveryDispatcher dispatcher;
  public final LongPlans longPlans;
  public final Planning planning;
  public final Recovery recovery;
  public final Discards discards;
  public final EditAndRetry edits;
  public final RuleAgain rules;
  public final Replays replays;
  public final Operations operations;
  public final ItemsCsv itemsCsv;
  public final Questions questions;
  public final Settlements settlements;
  private final Clock clock;
  private final AuditLog audit;
  private final TargetFreezes freezes;
  private final TargetGates gates;
  public final OperationControl control;
  public final AutomaticRetry automatic;
  public final AutomaticRetries automaticRetries;

  public TestConsole(
      DocumentStore documents,
      Messages messages,
      IngestWriter writer,
      RecoveryChannels channels,
      RecoveryProperties pace,
      TriagedFailures triaged,
      List<RecoveryListener> listeners) {
    this(
        documents,
        messages,
        writer,
        channels,
        pace,
        triaged,
        listeners,
        PlanSize.upTo(pace.longestList()),
        null,
        Clock.systemUTC());
  }

  /**
   * @param planThreads freeze long lists; null for those of a console
   */
  public TestConsole(
      DocumentStore documents,
      Messages messages,
      IngestWriter writer,
      RecoveryChannels channels,
      RecoveryProperties pace,
      TriagedFailures triaged,
      List<RecoveryListener> listeners,
      PlanSize planSize,
      @Nullable Executor planThreads,
      Clock clock) {
    this.clock = clock;
    audit = new AuditLog(documents, Optional::empty, clock);
    records = new RecoveryRecords(documents);
    freezes = new TargetFreezes(records, clock);
    gates = new TargetGates(pace, ZoneOffset.UTC, freezes);
    dispatcher =
        new RecoveryDispatcher(
            records,
            messages,
            writer,
            audit,
            channels,
            pace,
            gates,
            triaged,
            OpenTelemetry.noop(),
            listeners,
            clock);
    Beginning beginning =
        new Beginning(new FourEyes(pace.fourEyes()), new Listeners(listeners), dispatcher, clock);
    longPlans =
        planThreads == null
            ? LongPlans.onThreads(records, clock)
            : new LongPlans(records, planThreads, clock);
    planning =
        new Planning(
            records,
            messages,
            channels,
            pace,
            planSize,
            longPlans,
            beginning,
            triaged,
            audit,
            new CurrentOperator(),
            clock);
    automatic = new AutomaticRetry(records, messages, pace, planning, triaged, gates, audit, clock);
    automaticRetries = new AutomaticRetries(records, messages, pace, triaged, clock);
    recovery = new Recovery(planning, messages);
    discards = new Discards(planning, messages);
    edits =
        new EditAndRetry(
            records, planning, messages, pace.edit(), PayloadSchemas.NONE, new CurrentOperator());
    replays = new Replays(records, planning, messages, channels);
    OperationStores operationStores = new OperationStores(records);
    control =
        new OperationControl(
            records, operationStores, beginning, audit, new CurrentOperator(), clock);
    questions =
        new Questions(
            records,
            operationStores,
            messages,
            channels,
            gates,
            dispatcher,
            audit,
            new CurrentOperator(),
            clock);
    settlements =
        new Settlements(
            records, new LateLook(records, messages, clock), audit, new CurrentOperator(), clock);
    ShownItems shown = new ShownItems(records, new CurrentOperator());
    rules = new RuleAgain(records, edits, control, shown, new CurrentOperator());
    itemsCsv = new ItemsCsv(records, shown, audit, new CurrentOperator());
    operations =
        new Operations(
            records,
            new Outlooks(gates, channels, dispatcher::closed, pace.start(), ZoneOffset.UTC, clock),
            new ShownUnconfirmed(new LateLook(records, messages, clock)),
            shown,
            new CurrentOperator());
  }

  /**
   * Its targets.
   *
   * @param failures what has failed on its way to which
   */
  public Targets targets(FailureQueries failures) {
    return new Targets(
        records,
        gates,
        freezes,
        new KnownTargets(records, gates.named(), failures, clock),
        audit,
        new CurrentOperator(),
        clock);
  }

  public TestConsole start() {
    dispatcher.start();
    return this;
  }

  /** Does nothing more until it is started again. */
  public TestConsole stop() {
    dispatcher.stop();
    return this;
  }

  /** From now on this thread works for that person. */
  public static void logIn(String user, String role) {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken(user, "", "ROLE_" + role));
  }

  @Override
  public void close() {
    longPlans.close();
    dispatcher.close();
  }
}
