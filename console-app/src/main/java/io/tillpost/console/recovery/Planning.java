package io.tillpost.console.recovery;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.StoreScope;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.EarlierChoice;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.Preparation;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Freezes the lists of operations, whatever their action, and begins them at once where that is
 * asked for. Whoever calls has looked at the rights.
 */
final class Planning {
  private final RecoveryRecords records;
  private final ChosenMessages choosing;
  private final RetryRules rules;
  private final Superseding superseding;
  private final EarlierMessages earlier;
  private final EarlierCorrections corrections;
  private final ListPlan plan;
  private final int most;
  private final LongPlans longPlans;
  private final Beginning beginning;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;
  private final Clock clock;

  Planning(
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
    this.earlier = new EarlierMessages(messages, superseding);
    this.corrections = new EarlierCorrections(records, messages);
    this.plan =
        new ListPlan(records, messages, superseding, earlier, settings.start(), triaged, clock);
    this.most = size.most();
    this.longPlans = longPlans;
    this.beginning = beginning;
    this.audit = audit;
    this.currentOperator = currentOperator;
    this.clock = clock;
  }

  /** Why not that with this message now, as a sentence; empty if it can be done. */
  Optional<String> objection(RecoveryAction action, Message message) {
    return foreign(message).or(() -> rules.objection(action, message));
  }

  /** Why the current operator may not do anything with this message, in sentences. */
  Optional<String> foreign(Message message) {
    return currentOperator.stores().refusal(message.storeId());
  }

  /** What a retry sends where nothing else is corrected: corrections of earlier attempts again. */
  EarlierCorrections asBefore() {
    return corrections;
  }

  /** Why messages of this workflow cannot be sent to the middleware; empty if they can. */
  Optional<String> channelMissing(String workflow) {
    return rules.channelMissing(workflow);
  }

  /**
   * Freezes the list, or answers as before where the same request came before. A long list is
   * frozen in the background: the operation is planned then, and previewed some time later.
   */
  OperationAnswer plan(Wish wish) {
    return plan(wish, Asker.of(currentOperator.get()));
  }

  /** The same on behalf of that user, or of nobody. */
  OperationAnswer plan(Wish wish, Asker asker) {
    Optional<String> fault = wish.fault();
    if (fault.isPresent()) {
      return new OperationAnswer.Invalid(fault.get());
    }
    OperationScope asked = choosing.scope(wish.chosen());
    return records
        .operations()
        .get(id(wish, asker.name()))
        .map(known -> repeated(known, wish, asked))
        .orElseGet(() -> planAnew(wish, asker));
  }

  private OperationAnswer planAnew(Wish wish, Asker asker) {
    try (LongPlans.Seat seat = longPlans.seat()) {
      return switch (choosing.find(wish.action(), wish.chosen(), seat::take)) {
        case ChosenMessages.Missing missing -> new OperationAnswer.NotFound(missing.reason());
        case ChosenMessages.NotNow notNow -> new OperationAnswer.Refused(notNow.reason());
        case ChosenMessages.Found found -> planAnew(wish, asker, found, seat);
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
    return wish.request().earlier().choice() == EarlierChoice.INCLUDE
        ? withEarlier(wish, asker, found, seat)
        : planAnew(wish, asker, found, 0, seat);
  }

  /** Why another attempt may post this message twice, and what to do; empty if it may not. */
  Optional<String> doubt(RecoveryAction action, Message message) {
    return rules.doubt(action, message);
  }

  /** The id of a newer message that makes this one needless; empty if there is none. */
  Optional<String> supersededBy(Message message) {
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
  EarlierOnes before(Message message) {
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

  private OperationAnswer withEarlier(
      Wish wish, Asker asker, ChosenMessages.Found found, LongPlans.Seat seat) {
    ChosenList.Collector all = found.messages().collector();
    boolean whole =
        wish.action().onlyRecorded()
            || found.messages().each(part -> addEarlier(part, all) && all.size() <= most);
    int added = all.size() - found.messages().size();
    if (!whole || all.size() > most) {
      return new OperationAnswer.Refused(
          "With the earlier messages (at least %,d) these are more than %,d; choose fewer"
              .formatted(added, most));
    }
    return planAnew(
        wish,
        asker,
        added == 0
            ? found
            : new ChosenMessages.Found(with(found.scope(), added), all.oldestFirst()),
        added,
        seat);
  }

  /** Returns whether all there are of these were added; of too many it stops looking. */
  private boolean addEarlier(List<Message> part, ChosenList.Collector all) {
    int room = Math.max(most - all.size(), 0) + 1;
    Collection<EarlierOnes> found =
        EarlierOnList.failedBefore(
                earlier, records, part, _ -> List.of(), new EarlierMessages.Bound(room, room, room))
            .values();
    all.addAll(earlier.read(found.stream().flatMap(ones -> ones.oldest().stream()).toList()));
    return found.stream().allMatch(ones -> ones.more() == 0);
  }

  /** A message is by itself no more where another one goes with it. */
  private static OperationScope with(OperationScope scope, int added) {
    OperationScope.Kind kind =
        scope.kind() == OperationScope.Kind.MESSAGE ? OperationScope.Kind.SELECTION : scope.kind();
    return new OperationScope(
        kind,
        scope.subjectId(),
        scope.fingerprint(),
        "%s and %,d earlier %s"
            .formatted(scope.description(), added, added == 1 ? "message" : "messages"));
  }

  private OperationAnswer planAnew(
      Wish wish, Asker asker, ChosenMessages.Found found, int added, LongPlans.Seat seat) {
    Optional<OperationAnswer> fault = channelFault(wish, found.messages());
    if (fault.isPresent()) {
      return fault.get();
    }
    // More may have come than were expected.
    if (!found.messages().isHeld() && !seat.take()) {
      return new OperationAnswer.Refused(LongPlans.FULL);
    }
    Instant now = clock.instant();
    int count = found.messages().size();
    RecoveryOperation operation =
        RecoveryOperation.planned(
                id(wish, asker.name()),
                wish.action(),
                asker.name(),
                wish.request().reason(),
                now,
                found.scope(),
                channel(wish, found.messages()))
            .requestedAs(wish.hash())
            .setting(wish.rule())
            .preparing(new Preparation(count, 0, now));
    return audit.record(
        PlanAudit.act(wish, found, operation),
        () -> freeze(operation, asker.stores(), found.messages(), wish, added, seat),
        Endings::of);
  }

  /** What is answered to who may not do that to a message; it is in the audit trail. */
  OperationAnswer forbidden(
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

  private Optional<OperationAnswer> channelFault(Wish wish, ChosenList chosen) {
    if (wish.action().onlyRecorded()) {
      return Optional.empty();
    }
    String named = wish.channel();
    if (named != null) {
      return rules.isChannel(named)
          ? Optional.empty()
          : Optional.of(new OperationAnswer.Invalid("There is no recovery channel " + named));
    }
    Set<String> workflows = chosen.workflows();
    Optional<String> missing =
        workflows.stream().flatMap(w -> rules.channelMissing(w).stream()).findFirst();
    if (missing.isPresent()) {
      return Optional.of(new OperationAnswer.Refused(missing.get()));
    }
    long channels = workflows.stream().map(rules::channel).distinct().count();
    return channels == 1
        ? Optional.empty()
        : Optional.of(
            new OperationAnswer.Refused("These messages go through different recovery channels"));
  }

  private String channel(Wish wish, ChosenList chosen) {
    String named = wish.channel();
    if (named != null) {
      return named;
    }
    return wish.action().onlyRecorded()
        ? RecoveryOperation.NO_CHANNEL
        : rules.channel(chosen.workflows().iterator().next()).name();
  }

  private OperationAnswer freeze(
      RecoveryOperation operation,
      StoreScope stores,
      ChosenList chosen,
      Wish wish,
      int added,
      LongPlans.Seat seat) {
    if (!records.operations().create(operation.id(), operation)) {
      // The same request came twice at the same time; the other one goes on with it.
      return records
          .operations()
          .get(operation.id())
          .map(known -> repeated(known, wish, operation.scope()))
          .orElseThrow(() -> new IllegalStateException("Operations are never removed"));
    }
    if (!chosen.isHeld()) {
      longPlans.begin(
          seat,
          operation,
          chosen.size(),
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

  private Optional<RecoveryOperation> freeze(
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

  private static OperationAnswer repeated(
      Versioned<RecoveryOperation> known, Wish wish, OperationScope scope) {
    OperationScope other = known.value().scope();
    boolean widened =
        wish.request().earlier().choice() == EarlierChoice.INCLUDE
            && scope.kind() == OperationScope.Kind.MESSAGE
            && other.kind() == OperationScope.Kind.SELECTION;
    if (known.value().action() != wish.action()
        || (other.kind() != scope.kind() && !widened)
        || !other.subjectId().equals(scope.subjectId())) {
      return new OperationAnswer.Refused(
          "This Idempotency-Key was used for " + other.description());
    }
    String asked = known.value().requestHash();
    if (asked != null && !asked.equals(wish.hash())) {
      return new OperationAnswer.Refused(
          "This Idempotency-Key was used for another request about "
              + other.description()
              + "; use another one");
    }
    return known.value().state() == OperationState.ABANDONED
        ? new OperationAnswer.Refused(
            "The request with this Idempotency-Key was interrupted and nothing was sent; use another one")
        : new OperationAnswer.Accepted(known.value());
  }

  private String id(Wish wish, String actor) {
    return OperationIds.of(actor, wish.request().key(), clock.instant());
  }
}
