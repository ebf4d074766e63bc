package io.tillpost.console.recovery.list;

import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.recovery.EarlierCorrections;
import io.tillpost.console.recovery.LongPlans;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.OperationIds;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.Wish;
import io.tillpost.console.recovery.run.Beginning;
import io.tillpost.console.security.StoreScope;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.Preparation;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Clock;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** Creates operations, and freezes their lists once it is known which messages are on them. */
final class PlanFreezing {
  private final RecoveryRecords records;
  private final ListPlan plan;
  private final EarlierCorrections corrections;
  private final PlannedChannel channel;
  private final LongPlans longPlans;
  private final Beginning beginning;
  private final AuditLog audit;
  private final Clock clock;

  PlanFreezing(
      RecoveryRecords records,
      ListPlan plan,
      EarlierCorrections corrections,
      PlannedChannel channel,
      LongPlans longPlans,
      Beginning beginning,
      AuditLog audit,
      Clock clock) {
    this.records = records;
    this.plan = plan;
    this.corrections = corrections;
    this.channel = channel;
    this.longPlans = longPlans;
    this.beginning = beginning;
    this.audit = audit;
    this.clock = clock;
  }

  /** The id of the operation that is wished for, the same one for every repeat. */
  String id(Wish wish, Asker asker) {
    return OperationIds.of(asker.name(), wish.request().key(), clock.instant());
  }

  /** An operation that is wished for, not created yet. */
  RecoveryOperation planned(
      Wish wish, Asker asker, OperationScope scope, String through, Preparation preparation) {
    return RecoveryOperation.planned(
            id(wish, asker),
            wish.action(),
            asker.name(),
            wish.request().reason(),
            preparation.at(),
            scope,
            through)
        .requestedAs(wish.hash())
        .setting(wish.rule())
        .preparing(preparation);
  }

  /**
   * Creates the operation and goes on with it; where the same request came twice at the same time,
   * the other one goes on.
   */
  OperationAnswer create(
      RecoveryOperation operation, Wish wish, Supplier<OperationAnswer> goingOn) {
    return records.operations().create(operation.id(), operation)
        ? goingOn.get()
        : records
            .operations()
            .get(operation.id())
            .map(known -> RepeatedRequest.answer(known.value(), wish, operation.scope()))
            .orElseThrow(() -> new IllegalStateException("Operations are never removed"));
  }

  /**
   * Creates the operation and freezes its list, or lets that be done when its turn has come.
   *
   * @param found its messages, against which nothing is
   * @param added how many earlier ones were put on the list
   * @param seat taken where they are not held
   */
  OperationAnswer begin(
      Wish wish, Asker asker, ChosenMessages.Found found, int added, LongPlans.Seat seat) {
    ChosenList chosen = found.messages();
    RecoveryOperation operation =
        planned(
            wish,
            asker,
            found.scope(),
            channel.of(wish, chosen),
            new Preparation(chosen.size(), 0, clock.instant()));
    return audit.record(
        PlanAudit.act(wish, found, operation),
        () ->
            create(
                operation,
                wish,
                () -> freeze(operation, asker.stores(), chosen, wish, added, seat)),
        Endings::of);
  }

  private OperationAnswer freeze(
      RecoveryOperation operation,
      StoreScope stores,
      ChosenList chosen,
      Wish wish,
      int added,
      LongPlans.Seat seat) {
    if (!chosen.isHeld()) {
      longPlans.begin(
          seat,
          operation,
          goesOn -> {
            var _ = freeze(operation, stores, chosen, wish, added, goesOn);
          });
      return new OperationAnswer.Accepted(operation);
    }
    return freeze(operation, stores, chosen, wish, added, _ -> true)
        .<OperationAnswer>map(OperationAnswer.Accepted::new)
        .orElseGet(
            () -> new OperationAnswer.Refused("The operation was given up; nothing was sent"));
  }

  /**
   * Freezes the list of an operation that is there, and begins it where that is wished.
   *
   * @param stores whose messages are on it; others are left out
   * @param added how many earlier ones were put on the list
   * @param goesOn is asked after each part, with how many items are written, at least
   * @return the operation as it is then, or empty where it was given up meanwhile
   */
  Optional<RecoveryOperation> freeze(
      RecoveryOperation operation,
      StoreScope stores,
      ChosenList chosen,
      Wish wish,
      int added,
      IntPredicate goesOn) {
    Optional<RecoveryOperation> frozen =
        plan.freeze(
            operation,
            stores,
            chosen,
            wish.action() == RecoveryAction.RETRY ? corrections : wish.contents(),
            wish.request(),
            added,
            goesOn,
            o ->
                !wish.request().onlyPlan()
                    ? beginning.of(o, operation.requestedBy())
                    : Optional.of(o));
    frozen.ifPresent(beginning::tell);
    return frozen;
  }
}
