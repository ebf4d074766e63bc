package io.tillpost.console.recovery.list;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.recovery.BusinessObject;
import io.tillpost.console.recovery.EarlierCorrections;
import io.tillpost.console.recovery.LongPlans;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RecoveryProperties;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.Wish;
import io.tillpost.console.recovery.Words;
import io.tillpost.console.recovery.automatic.TriagedFailures;
import io.tillpost.console.recovery.channel.RecoveryChannels;
import io.tillpost.console.recovery.earlier.EarlierMessages;
import io.tillpost.console.recovery.earlier.EarlierOnList;
import io.tillpost.console.recovery.earlier.EarlierOnes;
import io.tillpost.console.recovery.earlier.SkipReasons;
import io.tillpost.console.recovery.earlier.Superseding;
import io.tillpost.console.recovery.run.Beginning;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.EarlierChoice;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.store.Messages;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Freezes the lists of operations, whatever their action, and begins them at once where that is
 * asked for. Whoever calls has looked at the rights.
 */
public final class Planning {
  private final RecoveryRecords records;
  private final ChosenMessages choosing;
  private final RetryRules rules;
  private final Superseding superseding;
  private final EarlierMessages earlier;
  private final WithEarlier withEarlier;
  private final PlannedChannel channel;
  private final EarlierCorrections corrections;
  private final LongPlans longPlans;
  private final PlanFreezing freezing;
  private final ReadLater readLater;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;

  public Planning(
      RecoveryRecords records,
      Messages messages,
      RecoveryChannels channels,
      RecoveryProperties settings,
      PlanSize size,
      LongPlans longPlans,
      Beginning beginning,
      TriagedFailures triaged,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    this.records = records;
    this.superseding = new Superseding(messages, settings.supersede());
    this.choosing = new ChosenMessages(records, messages, superseding, size);
    this.rules = new RetryRules(records, channels);
    this.channel = new PlannedChannel(rules);
    this.earlier = new EarlierMessages(messages, superseding);
    this.withEarlier = new WithEarlier(earlier, records, size.most());
    this.corrections = new EarlierCorrections(records, messages);
    this.longPlans = longPlans;
    this.freezing =
        new PlanFreezing(
            records,
            new ListPlan(records, messages, superseding, earlier, settings.start(), triaged, clock),
            corrections,
            channel,
            longPlans,
            beginning,
            audit,
            clock);
    this.readLater =
        new ReadLater(
            records,
            choosing,
            withEarlier,
            channel,
            freezing,
            longPlans,
            size.most(),
            audit,
            clock);
    this.audit = audit;
    this.currentOperator = currentOperator;
  }

  /** Why not that with this message now, as a sentence; empty if it can be done. */
  public Optional<String> objection(RecoveryAction action, Message message) {
    return foreign(message).or(() -> rules.objection(action, message));
  }

  /** Why the current operator may not do anything with this message, in sentences. */
  public Optional<String> foreign(Message message) {
    return currentOperator.stores().refusal(message.storeId());
  }

  /** What a retry sends where nothing else is corrected: corrections of earlier attempts again. */
  public EarlierCorrections asBefore() {
    return corrections;
  }

  /** Why messages of this workflow cannot be sent to the middleware; empty if they can. */
  public Optional<String> channelMissing(String workflow) {
    return rules.channelMissing(workflow);
  }

  /**
   * Freezes the list, or answers as before where the same request came before. A long list is read
   * and frozen in the background: the operation is planned then, and previewed some time later, or
   * given up for what is found wrong with it.
   */
  public OperationAnswer plan(Wish wish) {
    return plan(wish, Asker.of(currentOperator.get()));
  }

  /** The same on behalf of that user, or of nobody. */
  public OperationAnswer plan(Wish wish, Asker asker) {
    Optional<String> fault = wish.fault();
    if (fault.isPresent()) {
      return new OperationAnswer.Invalid(fault.get());
    }
    OperationScope asked = choosing.scope(wish.chosen());
    return records
        .operations()
        .get(freezing.id(wish, asker))
        .map(known -> RepeatedRequest.answer(known.value(), wish, asked))
        .orElseGet(() -> planAnew(wish, asker));
  }

  private OperationAnswer planAnew(Wish wish, Asker asker) {
    ChosenMessages.Expected expected = choosing.expect(wish.action(), wish.chosen());
    Optional<OperationAnswer> fault =
        choosing
            .objection(wish.action(), wish.chosen(), expected)
            .map(ChosenMessages::refusal)
            .or(() -> channel.faultOfName(wish));
    if (fault.isPresent()) {
      return fault.get();
    }
    try (LongPlans.Seat seat = longPlans.seat()) {
      if (expected.length() != ChosenMessages.Length.SHORT && !seat.take()) {
        return new OperationAnswer.Refused(LongPlans.FULL);
      }
      if (expected.length() == ChosenMessages.Length.LONG) {
        return readLater.begin(wish, asker, expected, seat);
      }
      ListReading reading = ListReading.atOnce();
      return switch (choosing.find(wish.action(), wish.chosen(), expected, reading)) {
        case ChosenMessages.Found found -> planAnew(wish, asker, found, seat);
        case ChosenMessages.Answer other -> ChosenMessages.refusal(other);
      };
    }
  }

  private OperationAnswer planAnew(
      Wish wish, Asker asker, ChosenMessages.Found found, LongPlans.Seat seat) {
    if (found.scope().kind() == OperationScope.Kind.MESSAGE) {
      Message message = found.messages().single();
      Optional<String> foreign = asker.stores().refusal(message.storeId());
      if (foreign.isPresent()) {
        return forbidden(
            asker.name(), wish.action(), message.id(), wish.request().reason(), foreign.get());
      }
      Optional<String> objection = rules.objection(wish.action(), message);
      if (objection.isPresent()) {
        return new OperationAnswer.Refused(objection.get());
      }
      Optional<String> doubt = doubt(wish, message);
      if (doubt.isPresent()) {
        return new OperationAnswer.Refused(doubt.get());
      }
      if (wish.request().earlier().choice() == EarlierChoice.LEAVE_OUT) {
        Optional<String> behind = behind(wish.action(), message);
        if (behind.isPresent()) {
          return new OperationAnswer.Refused(behind.get());
        }
      }
    }
    return switch (withEarlier.of(wish, found, ListReading.atOnce())) {
      case ChosenMessages.Found all ->
          planAnew(wish, asker, all, all.messages().size() - found.messages().size(), seat);
      case ChosenMessages.Answer other -> ChosenMessages.refusal(other);
    };
  }

  /** Why another attempt may post this message twice, and what to do; empty if it may not. */
  public Optional<String> doubt(RecoveryAction action, Message message) {
    return rules.doubt(action, message);
  }

  /** The id of a newer message that makes this one needless; empty if there is none. */
  public Optional<String> supersededBy(Message message) {
    return superseding.newerConfirmed(message, _ -> true).map(Superseding.Newer::id);
  }

  /** Why it is not sent although an earlier attempt may have reached the target. */
  private Optional<String> doubt(Wish wish, Message message) {
    if (!wish.request().inDoubt().sends()) {
      return doubt(wish.action(), message);
    }
    // Of a list nobody has looked at each message, so this one would be left out of it.
    return wish.request().earlier().choice() == EarlierChoice.INCLUDE
            && doubt(wish.action(), message).isPresent()
            && !before(message).isNone()
        ? Optional.of(
            "What is in doubt goes by itself only: retry the earlier ones first, then this one")
        : Optional.empty();
  }

  /**
   * The earlier messages about the same object that have failed, stay behind and so keep this one
   * back.
   */
  public EarlierOnes before(Message message) {
    return EarlierOnList.failedBefore(
            earlier, records, List.of(message), _ -> List.of(), EarlierOnList.BOUND)
        .values()
        .stream()
        .findFirst()
        .orElse(EarlierOnes.NONE);
  }

  private Optional<String> behind(RecoveryAction action, Message message) {
    return action.onlyRecorded()
        ? Optional.empty()
        : before(message).oldest().stream()
            .findFirst()
            .map(
                first ->
                    "Message %s %s is earlier and has failed too: retry both in their order, or send this one before it with a reason"
                        .formatted(
                            first.id(),
                            SkipReasons.sameThing(BusinessObject.of(message).orElse(null))));
  }

  private OperationAnswer planAnew(
      Wish wish, Asker asker, ChosenMessages.Found found, int added, LongPlans.Seat seat) {
    Optional<OperationAnswer> fault = channel.fault(wish, found.messages());
    if (fault.isPresent()) {
      return fault.get();
    }
    // More may have come than were expected.
    if (!found.messages().isHeld() && !seat.take()) {
      return new OperationAnswer.Refused(LongPlans.FULL);
    }
    return freezing.begin(wish, asker, found, added, seat);
  }

  /** What is answered to who may not do that to a message; it is in the audit trail. */
  public OperationAnswer forbidden(
      String actor, RecoveryAction action, MessageId message, String reason, String why) {
    audit.refused(
        AuditAct.of(
                actor,
                Words.auditAction(action),
                new AuditSubject(AuditSubject.Kind.MESSAGE, message.value()))
            .because(reason.isBlank() ? null : reason),
        why);
    return new OperationAnswer.Forbidden(why);
  }
}
