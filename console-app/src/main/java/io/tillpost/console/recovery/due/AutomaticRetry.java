package io.tillpost.console.recovery.due;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.recovery.AutomaticProperties;
import io.tillpost.console.recovery.AutomaticStanding;
import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.OperationIds;
import io.tillpost.console.recovery.RecoveryProperties;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.Wish;
import io.tillpost.console.recovery.Words;
import io.tillpost.console.recovery.automatic.AutomaticAttempts;
import io.tillpost.console.recovery.automatic.AutomaticRules;
import io.tillpost.console.recovery.automatic.AutomaticTally;
import io.tillpost.console.recovery.automatic.AutomaticWords;
import io.tillpost.console.recovery.automatic.TriagedFailures;
import io.tillpost.console.recovery.automatic.TriagedFailures.Failed;
import io.tillpost.console.recovery.earlier.EarlierMessages;
import io.tillpost.console.recovery.earlier.EarlierOnList;
import io.tillpost.console.recovery.earlier.Superseding;
import io.tillpost.console.recovery.list.Asker;
import io.tillpost.console.recovery.list.PlanChecks;
import io.tillpost.console.recovery.list.Planning;
import io.tillpost.console.recovery.target.TargetGates;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.StoredMessage;
import io.tillpost.store.Page;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans retries that nobody asks for, one operation for all messages of an exception that are due,
 * and lets go of those that are not to go on. What they send and whether is decided where it is for
 * every operation; see docs/recovery-design.md. Not safe for several threads; several consoles may
 * do it at once.
 */
public final class AutomaticRetry {
  private static final Logger log = LoggerFactory.getLogger(AutomaticRetry.class);

  /** What is left is due when these have come to their end. */
  private static final int MOST = 10_000;

  /** Messages that are looked at at a time. */
  static final int PAGE = 1_000;

  private final RecoveryRecords records;
  private final Messages messages;
  private final Superseding superseding;
  private final EarlierMessages earlierMessages;
  private final AutomaticAttempts attempts;
  private final Planning planning;
  private final AutomaticRules rules;
  private final TriagedFailures triaged;
  private final TargetGates targets;
  private final int most;
  private final AuditLog audit;
  private final Clock clock;
  private final Documents<AutomaticStanding> standings;
  private Map<String, Looked> looked = new HashMap<>();

  public AutomaticRetry(
      RecoveryRecords records,
      Messages messages,
      RecoveryProperties settings,
      Planning planning,
      TriagedFailures triaged,
      TargetGates targets,
      AuditLog audit,
      Clock clock) {
    this.records = records;
    this.messages = messages;
    this.superseding = new Superseding(messages, settings.supersede());
    this.earlierMessages = new EarlierMessages(messages, superseding);
    this.attempts = new AutomaticAttempts(records);
    this.planning = planning;
    this.rules = new AutomaticRules(settings.automatic());
    this.triaged = triaged;
    this.targets = targets;
    this.audit = audit;
    this.clock = clock;
    this.standings = records.standings();
    this.most = Math.min(MOST, settings.longestList());
  }

  /** Looks once at everything that is failed. */
  public void look() {
    AutomaticHistory history = AutomaticHistory.read(records);
    history.open().forEach(this::letGo);
    Map<String, Looked> before = looked;
    looked = new HashMap<>();
    for (Failed failed : triaged.failed()) {
      if (rules.of(failed.standing()) instanceof AutomaticRules.Verdict.Goes goes) {
        String exception = failed.standing().exception().value();
        Looked known = before.get(exception);
        looked.put(
            exception,
            known != null && known.isEnough(failed, goes.how(), clock.instant())
                ? known
                : look(failed, goes.how(), history));
      }
    }
  }

  /** What was seen of an exception, and when to look again. */
  private record Looked(long messages, Instant lastFailed, Instant at, Instant lookAt) {
    /** What failed since then is not due before the first pause is over. */
    boolean isEnough(Failed failed, AutomaticProperties how, Instant now) {
      boolean same = failed.messages() == messages && failed.lastFailed().equals(lastFailed);
      return now.isBefore(lookAt) && (same || now.isBefore(at.plus(how.delay())));
    }
  }

  private Looked look(Failed failed, AutomaticProperties how, AutomaticHistory history) {
    String exception = failed.standing().exception().value();
    Instant now = clock.instant();
    Optional<RecoveryOperation> last = AutomaticHistory.last(records, exception);
    if (last.isPresent() && last.get().state().open()) {
      return new Looked(failed.messages(), failed.lastFailed(), now, now);
    }
    AutomaticTally tally = tally(failed, how, now);
    Set<String> asked = targets(failed, tally);
    Optional<String> heldUp =
        asked.stream().flatMap(target -> heldUp(target, history, now).stream()).findFirst();
    Instant notBefore =
        latest(
            notBefore(last, how, now),
            asked.stream()
                .map(target -> history.restUntil(target, how))
                .min(Comparator.naturalOrder())
                .orElse(now));
    Set<String> closed = new HashSet<>(asked);
    closed.removeIf(
        target ->
            heldUp(target, history, now).isEmpty() && !history.restUntil(target, how).isAfter(now));
    // What goes to a target that is closed or rests stays behind; it does not keep the others.
    Map<String, Message> ready = new LinkedHashMap<>(tally.due());
    ready.values().removeIf(message -> closed.contains(targetOf(message)));
    boolean goes = !ready.isEmpty() && !notBefore.isAfter(now);
    Instant next = tally.due().isEmpty() ? tally.earliest() : latest(now, notBefore);
    Optional<String> told = heldUp;
    if (goes) {
      Planned planned = plan(failed, how, ready, last);
      if (!planned.begun()) {
        // What is due is left out of lists for reasons of its own; it is looked at again later.
        next = latest(now.plus(how.delay()), notBefore);
      }
      told = told.or(planned::objection);
    }
    Instant shown = next == null ? null : latest(next, notBefore);
    tell(
        new AutomaticStanding(
            exception,
            tally.waiting(),
            tally.made(),
            tally.usedUp(),
            shown,
            told.orElse(null),
            now));
    return new Looked(
        failed.messages(),
        failed.lastFailed(),
        now,
        heldUp.isPresent() ? now : shown == null ? Instant.MAX : shown);
  }

  /** Where the messages go that are due; where none is, where those of the exception go. */
  private static Set<String> targets(Failed failed, AutomaticTally tally) {
    Set<String> targets = new TreeSet<>();
    tally.due().values().forEach(message -> targets.add(targetOf(message)));
    if (targets.isEmpty()) {
      targets.add(
          Objects.requireNonNullElse(failed.standing().target(), OperationSummary.NO_TARGET));
    }
    return targets;
  }

  private static String targetOf(Message message) {
    return Objects.requireNonNullElse(message.target(), OperationSummary.NO_TARGET);
  }

  /**
   * Goes on behind those that are not due, however many: else they would be in the way for ever.
   */
  private AutomaticTally tally(Failed failed, AutomaticProperties how, Instant now) {
    AutomaticTally tally = AutomaticTally.NONE;
    String after = null;
    do {
      Page<StoredMessage> page = messages.search(failed.query().page(PAGE, after));
      Map<String, Message> meant = new LinkedHashMap<>();
      page.items().stream()
          .map(StoredMessage::message)
          .filter(message -> isMeant(failed, message))
          .forEach(message -> meant.put(message.id().value(), message));
      tally = tally.plus(AutomaticTally.of(meant, attempts.of(meant.keySet()), how, now));
      after = page.next();
    } while (after != null && tally.due().size() < AutomaticTally.MOST);
    return tally;
  }

  private boolean isMeant(Failed failed, Message message) {
    return failed
        .each()
        .apply(message)
        .filter(standing -> rules.of(standing) instanceof AutomaticRules.Verdict.Goes)
        .isPresent();
  }

  /** What has to be decided by people or is not at its time, as a sentence. */
  private Optional<String> heldUp(String target, AutomaticHistory history, Instant now) {
    return history
        .pausedByBounds(target)
        .map(
            paused ->
                "A retry by %s to %s has paused by itself".formatted(paused.requestedBy(), target))
        .or(() -> targets.heldUp(target, now));
  }

  private static Instant notBefore(
      Optional<RecoveryOperation> last, AutomaticProperties how, Instant now) {
    Instant gathered =
        last.map(operation -> operation.requestedAt().plus(how.gathering())).orElse(Instant.MIN);
    Instant decided =
        last.flatMap(AutomaticHistory::takenBack)
            .map(at -> at.plus(how.longestDelay()))
            .orElse(Instant.MIN);
    return latest(now, latest(gathered, decided));
  }

  /** Freezes what is due and begins, where anything of it can go now. */
  private Planned plan(
      Failed failed,
      AutomaticProperties how,
      Map<String, Message> ready,
      Optional<RecoveryOperation> last) {
    PlanChecks checks =
        new PlanChecks(
            records,
            superseding,
            RecoveryAction.RETRY,
            ready.values(),
            superseding.newestOfObject(ready.values()),
            false,
            false);
    Map<String, Message> list = new LinkedHashMap<>(ready);
    EarlierOnList earlier =
        new EarlierOnList(
            earlierMessages, records, superseding, RecoveryAction.RETRY, EarlierWish.LEAVE_OUT);
    earlier.lookUp(ready.values());
    list.values()
        .removeIf(
            message -> {
              boolean goes = checks.objection(message).isEmpty();
              // Asked in any case: it keeps those back that come later.
              boolean behind =
                  !earlier.before(message, goes, checks.isInOperation(message)).isNone();
              return !goes || behind;
            });
    list.keySet().retainAll(list.keySet().stream().limit(most).collect(Collectors.toSet()));
    if (list.isEmpty()) {
      return Planned.NOTHING;
    }
    Fingerprint exception = failed.standing().exception();
    Wish wish =
        new Wish(
            RecoveryAction.RETRY,
            new Chosen.DueOf(exception, list),
            new RetryRequest(
                AutomaticWords.reason(failed.standing().failureClass(), how),
                after(exception, last)));
    OperationAnswer answer = planning.plan(wish, Asker.itself(RecoveryOperation.AUTOMATIC));
    if (answer instanceof OperationAnswer.Accepted accepted) {
      log.info(
          "Automatic retry of {} messages of exception {}: operation {}",
          list.size(),
          exception,
          accepted.operation().id());
    } else {
      log.debug("Automatic retry of exception {} was not planned: {}", exception, answer);
    }
    return Planned.of(answer);
  }

  /**
   * The key of the operation that comes after the last one of an exception: the same on every
   * console, so that two that look at once make one operation. Where clocks differ, the last one as
   * they say may have one after it already.
   */
  private String after(Fingerprint exception, Optional<RecoveryOperation> last) {
    String id = last.map(RecoveryOperation::id).orElse("none");
    while (true) {
      String key = exception + " after " + id;
      String next = OperationIds.of(RecoveryOperation.AUTOMATIC, key, clock.instant());
      boolean taken =
          records.operations().get(next).filter(found -> !found.value().state().open()).isPresent();
      if (!taken) {
        return key;
      }
      id = next;
    }
  }

  /** Cancels an operation that paused by itself, or whose exception is left to people now. */
  private void letGo(RecoveryOperation operation) {
    Optional<String> why = noLonger(operation);
    if (why.isEmpty()) {
      return;
    }
    AuditAct act =
        AuditAct.of(
                RecoveryOperation.AUTOMATIC,
                AuditAction.CANCEL_OPERATION,
                new AuditSubject(AuditSubject.Kind.OPERATION, operation.id()))
            .changing(Words.of(operation.state()), null)
            .because(why.get());
    audit.record(
        act,
        () ->
            records.change(
                operation.id(),
                now ->
                    noLonger(now)
                        .flatMap(
                            reason ->
                                now.after(
                                    new OperationEvent.CancelAsked(),
                                    RecoveryOperation.AUTOMATIC,
                                    reason,
                                    clock.instant()))),
        changed ->
            changed.isPresent()
                ? AuditLog.Ending.DONE
                : AuditLog.Ending.refused("Somebody else was quicker"));
  }

  private Optional<String> noLonger(RecoveryOperation operation) {
    OperationState state = operation.state();
    if (state == OperationState.PLANNED || state == OperationState.CANCELLING) {
      return Optional.empty();
    }
    if (state == OperationState.PAUSED && operation.latest().actor() == null) {
      return Optional.of(
          "It paused by itself; what was not sent is tried again later: "
              + operation.latest().why());
    }
    String exception = operation.scope().fingerprint();
    return Optional.ofNullable(exception)
        .flatMap(known -> triaged.of(new Fingerprint(known)))
        .flatMap(
            standing ->
                switch (rules.of(standing)) {
                  case AutomaticRules.Verdict.Goes _ -> Optional.empty();
                  case AutomaticRules.Verdict.Stopped stopped ->
                      Optional.of("Automatic retry was stopped by " + stopped.by());
                  case AutomaticRules.Verdict.LeftToPeople left -> Optional.of(left.why());
                });
  }

  private void tell(AutomaticStanding standing) {
    // Where another console tells at the same moment, one of the two is as good as the other.
    standings
        .get(standing.exception())
        .ifPresentOrElse(
            known -> standings.replace(known, standing),
            () -> standings.create(standing.exception(), standing));
  }

  private static Instant latest(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
