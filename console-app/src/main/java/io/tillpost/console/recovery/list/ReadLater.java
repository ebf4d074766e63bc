package io.tillpost.console.recovery.list;

import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.recovery.LongPlans;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.Wish;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.Preparation;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Clock;
import java.util.Optional;

/**
 * Plans lists that take longer to read than anybody waits: the operation is there at once, and
 * which messages are on its list is read when its turn has come. What would have been refused at
 * once, had it been known then, gives the operation up.
 */
final class ReadLater {
  private final RecoveryRecords records;
  private final ChosenMessages choosing;
  private final WithEarlier withEarlier;
  private final PlannedChannel channel;
  private final PlanFreezing freezing;
  private final LongPlans longPlans;
  private final int most;
  private final AuditLog audit;
  private final Clock clock;

  /**
   * @param most how many messages one operation takes
   */
  ReadLater(
      RecoveryRecords records,
      ChosenMessages choosing,
      WithEarlier withEarlier,
      PlannedChannel channel,
      PlanFreezing freezing,
      LongPlans longPlans,
      int most,
      AuditLog audit,
      Clock clock) {
    this.records = records;
    this.choosing = choosing;
    this.withEarlier = withEarlier;
    this.channel = channel;
    this.freezing = freezing;
    this.longPlans = longPlans;
    this.most = most;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Creates the operation; its list is read and frozen when its turn has come.
   *
   * @param seat taken
   */
  OperationAnswer begin(
      Wish wish, Asker asker, ChosenMessages.Expected expected, LongPlans.Seat seat) {
    int about = (int) Math.min(expected.about(), most);
    RecoveryOperation operation =
        freezing.planned(
            wish,
            asker,
            choosing.scope(wish.chosen(), expected),
            PlannedChannel.ofNotRead(wish),
            Preparation.reading(about, 0, clock.instant()));
    Plan plan = new Plan(operation, wish, asker);
    return audit.record(
        PlanAudit.act(wish, operation, about),
        () ->
            freezing.create(
                operation,
                wish,
                () -> {
                  longPlans.begin(seat, operation, watch -> read(plan, expected, watch));
                  return new OperationAnswer.Accepted(operation);
                }),
        Endings::of);
  }

  private record Plan(RecoveryOperation operation, Wish wish, Asker asker) {}

  private void read(Plan plan, ChosenMessages.Expected expected, LongPlans.Watch watch) {
    Wish wish = plan.wish();
    ListReading reading = ListReading.later(plan.operation().requestedAt(), watch::read);
    switch (choosing.find(wish.action(), wish.chosen(), expected, reading)) {
      case ChosenMessages.Found found -> {
        switch (withEarlier.of(wish, found, reading)) {
          case ChosenMessages.Found all ->
              listed(plan, all, all.messages().size() - found.messages().size(), watch);
          case ChosenMessages.Answer other -> giveUp(plan, other);
        }
      }
      case ChosenMessages.Answer other -> giveUp(plan, other);
    }
  }

  private void listed(Plan plan, ChosenMessages.Found all, int added, LongPlans.Watch watch) {
    Wish wish = plan.wish();
    Optional<OperationAnswer> fault = channel.fault(wish, all.messages());
    if (fault.isPresent()) {
      giveUp(plan, fault.get());
      return;
    }
    Preparation known = new Preparation(all.messages().size(), 0, clock.instant());
    watch.found(known);
    records
        .change(
            plan.operation().id(),
            now ->
                now.state() == OperationState.PLANNED
                    ? Optional.of(
                        now.listed(all.scope(), channel.of(wish, all.messages())).preparing(known))
                    : Optional.empty())
        .ifPresent(
            now -> {
              var _ =
                  freezing.freeze(now, plan.asker().stores(), all.messages(), wish, added, watch);
            });
  }

  private void giveUp(Plan plan, ChosenMessages.Answer why) {
    // Who left it has said so, and is in the audit trail.
    if (!(why instanceof ChosenMessages.Left)) {
      giveUp(plan, ChosenMessages.refusal(why));
    }
  }

  private void giveUp(Plan plan, OperationAnswer why) {
    AuditLog.Ending ending = Endings.of(why);
    String id = plan.operation().id();
    var _ =
        audit.record(
            PlanAudit.givenUp(plan.wish(), plan.operation()),
            () ->
                records.apply(
                    id, new OperationEvent.Interrupted(), null, ending.detail(), clock.instant()),
            _ -> ending);
  }
}
