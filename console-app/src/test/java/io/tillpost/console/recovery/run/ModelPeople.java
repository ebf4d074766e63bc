package io.tillpost.console.recovery.run;

import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.recovery.AnywayWish;
import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.FourEyes;
import io.tillpost.console.recovery.LongPlans;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.OperationStores;
import io.tillpost.console.recovery.RecoveryProperties;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.recovery.TestTriage;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.OperationControl;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.act.Replays;
import io.tillpost.console.recovery.act.Settlements;
import io.tillpost.console.recovery.channel.RecoveryChannel;
import io.tillpost.console.recovery.channel.RecoveryChannels;
import io.tillpost.console.recovery.edit.Edit;
import io.tillpost.console.recovery.edit.EditAndRetry;
import io.tillpost.console.recovery.edit.EditRule;
import io.tillpost.console.recovery.list.PlanSize;
import io.tillpost.console.recovery.list.Planning;
import io.tillpost.console.recovery.target.TargetGates;
import io.tillpost.console.schema.PayloadSchemas;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** People who plan, start, approve, pause, resume and cancel whatever they find. */
final class ModelPeople {
  private final Random random;
  private final InMemoryStores stores;
  private final Set<String> accepted;
  private final List<MessageId> messages;
  private final Recovery recovery;
  private final Discards discards;
  private final EditAndRetry edits;
  private final Replays replays;
  private final OperationControl control;
  private final Settlements settlements;
  private int requests;

  /**
   * @param accepted is told of operations that were asked for although an attempt is in doubt
   * @param messages that there are
   */
  ModelPeople(
      Random random,
      InMemoryStores stores,
      Set<String> accepted,
      List<MessageId> messages,
      RecoveryChannel channel,
      RecoveryProperties settings,
      TargetGates targets,
      TestTriage triage,
      PlanSize planSize,
      MutableClock clock) {
    this.random = random;
    this.stores = stores;
    this.accepted = accepted;
    this.messages = messages;
    RecoveryRecords records = new RecoveryRecords(stores.documents());
    RecoveryChannels channels = new RecoveryChannels(List.of(channel));
    AuditLog audit = new AuditLog(stores.documents(), Optional::empty, clock);
    // Never started: the consoles of this test find what there is to do.
    RecoveryDispatcher asleep =
        new RecoveryDispatcher(
            records,
            stores.messages(),
            stores.ingestWriter(),
            audit,
            channels,
            settings,
            targets,
            triage,
            io.opentelemetry.api.OpenTelemetry.noop(),
            List.of(),
            clock);
    Beginning beginning =
        new Beginning(new FourEyes(settings.fourEyes()), new Listeners(List.of()), asleep, clock);
    CurrentOperator current = new CurrentOperator();
    Planning planning =
        new Planning(
            records,
            stores.messages(),
            channels,
            settings,
            planSize,
            new LongPlans(records, Runnable::run, clock),
            beginning,
            triage,
            audit,
            current,
            clock);
    recovery = new Recovery(planning, stores.messages());
    discards = new Discards(planning, stores.messages());
    edits =
        new EditAndRetry(
            records, planning, stores.messages(), settings.edit(), PayloadSchemas.NONE, current);
    replays = new Replays(records, planning, stores.messages(), channels);
    settlements =
        new Settlements(
            records, new LateLook(records, stores.messages(), clock), audit, current, clock);
    control =
        new OperationControl(
            records, new OperationStores(records), beginning, audit, current, clock);
  }

  /**
   * Somebody looks into the target, and says whether what they were looking for is there. Not all
   * look well.
   */
  void settle(ModelChannel middleware) {
    logIn("emil");
    List<RecoveryItem> doubtful =
        stores
            .documents()
            .of(RecoveryKinds.ITEMS)
            .find(DocumentQuery.ALL.where("state", ItemState.UNCONFIRMED.name()))
            .items()
            .stream()
            .map(Versioned::value)
            .sorted(Comparator.comparing(item -> item.operationId() + item.messageId()))
            .toList();
    if (doubtful.isEmpty()) {
      return;
    }
    RecoveryItem item = pick(doubtful);
    boolean wrong = random.nextInt(4) == 0;
    boolean there = middleware.hasAny(item.messageId());
    settlements.settle(
        item.operationId(),
        new MessageId(item.messageId()),
        wrong != there,
        wrong ? "Looked, " + ModelLaws.WRONGLY : "Looked well");
  }

  void plan() {
    logIn(random.nextBoolean() ? "anna" : "ben");
    String key = "request-" + (random.nextInt(5) == 0 ? requests : ++requests);
    MessageId any = pick(messages);
    AnywayWish inDoubt =
        random.nextBoolean() ? AnywayWish.sendAnyway("I looked there") : AnywayWish.LEAVE_OUT;
    OperationAnswer answer =
        switch (random.nextInt(10)) {
          case 9 -> recovery.retryMessage(any, because(key).with(earlier()).withInDoubt(inDoubt));
          case 3 ->
              edits.planAs(
                  any,
                  new Edit.Fields(Map.of("unit", "KG")),
                  RetryRequest.plan(earlier(), key).withInDoubt(inDoubt));
          case 4 -> discards.plan(new Chosen.One(any), key);
          case 5 ->
              pickOperation()
                  .map(o -> discards.plan(new Chosen.RestOf(o.id()), key))
                  .orElseGet(() -> new OperationAnswer.NotFound("none"));
          case 7 ->
              edits.planRule(
                  Chosen.Several.of(List.of(any)),
                  new EditRule("unit", null, "EA"),
                  earlier(),
                  key);
          case 8 -> replays.plan(ModelTest.WINDOW, "middleware", earlier(), key);
          case 6 -> discards.planRestore(new Chosen.One(any), key);
          case 0 -> recovery.plan(Chosen.Several.of(List.of(any)), earlier(), key);
          case 1 ->
              pickOperation()
                  .map(o -> recovery.planRest(o.id(), key))
                  .orElseGet(() -> new OperationAnswer.NotFound("none"));
          default ->
              stores
                  .messages()
                  .find(any)
                  .flatMap(stored -> stored.message().fingerprint())
                  .map(f -> recovery.planException(f, key))
                  .orElseGet(() -> new OperationAnswer.NotFound("none"));
        };
    if (answer instanceof OperationAnswer.Accepted a) {
      if (inDoubt.sends()) {
        accepted.add(a.operation().id());
      }
      if (random.nextInt(4) > 0) {
        control.start(a.operation().id(), "Try again");
      }
    }
  }

  private EarlierWish earlier() {
    return switch (random.nextInt(6)) {
      case 0 -> EarlierWish.INCLUDE;
      case 1, 2 -> EarlierWish.sendAnyway("The earlier one was booked by hand");
      default -> EarlierWish.LEAVE_OUT;
    };
  }

  private RetryRequest because(String key) {
    return new RetryRequest("Try again", key);
  }

  void steer() {
    logIn(random.nextBoolean() ? "anna" : "carl");
    pickOperation().ifPresent(this::steer);
  }

  private void steer(RecoveryOperation operation) {
    String id = operation.id();
    switch (random.nextInt(10)) {
      case 0 -> control.pause(id, null);
      case 1 -> control.cancel(id, null);
      case 2 -> control.decline(id, null);
      case 3, 4 -> control.start(id, "Try again");
      case 5, 6 -> approve(operation);
      default -> control.resume(id, null);
    }
  }

  private void approve(RecoveryOperation operation) {
    OperationSummary summary = operation.summary();
    if (summary != null) {
      control.approve(operation.id(), summary.listHash());
    }
  }

  void letGoOn() {
    logIn("dora");
    ModelConsole.operations(stores).stream()
        .filter(o -> o.state() == OperationState.PAUSED)
        .forEach(o -> control.resume(o.id(), null));
  }

  private Optional<RecoveryOperation> pickOperation() {
    List<RecoveryOperation> all = ModelConsole.operations(stores);
    return all.isEmpty() ? Optional.empty() : Optional.of(pick(all));
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private void logIn(String name) {
    TestConsole.logIn(name, "ADMIN");
  }
}
