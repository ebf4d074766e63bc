package io.tillpost.console.recovery.target;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.recovery.OperationIds;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.TargetFreeze;
import io.tillpost.store.Documents.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Says how targets stand, and freezes them by hand for those who may. A freeze holds for every
 * console within about two seconds and outlives them; what is on its way is followed. A later one
 * takes the place of an earlier one. What is so already is accepted and changes nothing.
 */
public class Targets {
  private static final String MAY = "hasRole('" + Permission.Name.FREEZE_TARGET + "')";
  private static final String MAY_SEE = "hasRole('" + Permission.Name.VIEW + "')";

  /** Who forgets a freeze for longer than that is not to be surprised by its end. */
  private static final Duration LONGEST = Duration.ofDays(366);

  private static final String NOT_FROZEN = "Not frozen";

  private final RecoveryRecords records;
  private final TargetGates gates;
  private final TargetFreezes freezes;
  private final KnownTargets known;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;
  private final Clock clock;

  public Targets(
      RecoveryRecords records,
      TargetGates gates,
      TargetFreezes freezes,
      KnownTargets known,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    this.records = records;
    this.gates = gates;
    this.freezes = freezes;
    this.known = known;
    this.audit = audit;
    this.currentOperator = currentOperator;
    this.clock = clock;
  }

  /**
   * Every target that is configured, to which messages have failed, that an operation of the last
   * seven days is about, or that somebody froze; by name.
   */
  @PreAuthorize(MAY_SEE)
  public List<TargetStanding> all() {
    Map<String, List<TargetStanding.Waiting>> waiting = known.waiting();
    Map<String, TargetFreeze> frozen =
        known.frozen().stream()
            .collect(Collectors.toMap(TargetFreeze::target, Function.identity()));
    Set<String> names = new TreeSet<>(known.names());
    names.addAll(waiting.keySet());
    names.addAll(frozen.keySet());
    return names.stream()
        .map(
            name ->
                standing(
                    name,
                    Optional.ofNullable(frozen.get(name)),
                    waiting.getOrDefault(name, List.of())))
        .toList();
  }

  /** Why the current operator may not freeze any target, in sentences; empty if they may. */
  @PreAuthorize(MAY_SEE)
  public Optional<String> objection() {
    return currentOperator.refusal(Permission.FREEZE_TARGET).or(this::foreign);
  }

  /** Sends nothing more to that target, whoever asks for it, until it is over or lifted. */
  @PreAuthorize(MAY)
  public FreezeAnswer freeze(String target, FreezeWish wish) {
    Instant now = clock.instant();
    AuditAct act = act(AuditAction.FREEZE_TARGET, target).because(wish.reason());
    return forbidden(act)
        .or(() -> nameless(target))
        .or(() -> fault(wish, now).map(FreezeAnswer.Invalid::new))
        .or(() -> unknown(target))
        .orElseGet(() -> freeze(target, wish, act, now));
  }

  /**
   * Ends a freeze by hand, so that operations go on by themselves. What the configuration closes
   * stays closed.
   *
   * @param reason up to 500 characters, or null
   * @param version as of a {@link FreezeWish}
   */
  @PreAuthorize(MAY)
  public FreezeAnswer lift(String target, @Nullable String reason, @Nullable String version) {
    String why = reason == null || reason.isBlank() ? null : reason.strip();
    AuditAct act = act(AuditAction.LIFT_FREEZE, target).because(why);
    return forbidden(act)
        .or(() -> nameless(target))
        .or(() -> faultOfLift(why).map(FreezeAnswer.Invalid::new))
        .orElseGet(() -> lift(target, why, version, act));
  }

  private FreezeAnswer freeze(String target, FreezeWish wish, AuditAct act, Instant now) {
    TargetFreeze next =
        TargetFreeze.of(
            OperationIds.of(me(), wish.key(), now), target, wish.reason(), me(), now, wish.until());
    Versioned<TargetFreeze> before = read(target).orElse(null);
    TargetFreeze last = before == null ? null : before.value();
    if (last != null && last.id().equals(next.id())) {
      return repeated(last, next, now);
    }
    TargetFreeze holding = last != null && last.holds(now) ? last : null;
    Optional<FreezeAnswer> changed = changed(target, holding, wish.version());
    if (changed.isPresent()) {
      return changed.get();
    }
    if (holding != null && holding.saysTheSame(next)) {
      return done(target);
    }
    return write(
        act.changing(holding == null ? NOT_FROZEN : words(holding), words(next)),
        target,
        () ->
            before == null
                ? records.freezes().create(TargetFreeze.documentId(target), next)
                : records.freezes().replace(before, next));
  }

  private FreezeAnswer repeated(TargetFreeze last, TargetFreeze wish, Instant now) {
    if (!last.saysTheSame(wish)) {
      return new FreezeAnswer.Refused("This Idempotency-Key was used for another freeze.");
    }
    if (last.holds(now)) {
      return done(last.target());
    }
    return new FreezeAnswer.Refused(
        last.liftedBy() == null
            ? "This freeze is over already. Freeze %s anew with another Idempotency-Key."
                .formatted(last.target())
            : "This freeze was lifted by %s. Freeze %s anew with another Idempotency-Key."
                .formatted(last.liftedBy(), last.target()));
  }

  private FreezeAnswer lift(
      String target, @Nullable String why, @Nullable String version, AuditAct act) {
    Versioned<TargetFreeze> before = read(target).orElse(null);
    if (before == null) {
      return unknown(target).orElseGet(() -> done(target));
    }
    Instant now = clock.instant();
    TargetFreeze last = before.value();
    if (!last.holds(now)) {
      // So already, by whomever.
      return done(target);
    }
    Optional<FreezeAnswer> changed = changed(target, last, version);
    return changed.orElseGet(
        () ->
            write(
                act.changing(words(last), NOT_FROZEN),
                target,
                () -> records.freezes().replace(before, last.lifted(me(), now, why))));
  }

  /** That it is not as the operator saw it; nobody does away with what they have not seen. */
  private Optional<FreezeAnswer> changed(
      String target, @Nullable TargetFreeze holding, @Nullable String version) {
    return version == null || version.equals(TargetStanding.versionOf(holding))
        ? Optional.empty()
        : Optional.of(
            new FreezeAnswer.Refused(
                "It is not as you saw it any more: %s. Nothing was changed; look again and decide anew."
                    .formatted(holding == null ? target + " is not frozen" : words(holding))));
  }

  private FreezeAnswer write(AuditAct act, String target, BooleanSupplier writing) {
    boolean written;
    try {
      written = audit.record(act, writing::getAsBoolean, Targets::ending);
    } finally {
      // Also where it is not known whether it was written.
      freezes.forget(target);
    }
    return written ? done(target) : overtaken(target);
  }

  private FreezeAnswer overtaken(String target) {
    return new FreezeAnswer.Refused(
        "Somebody else did something to it at the same moment: %s. Nothing was changed; look again and decide anew."
            .formatted(
                read(target)
                    .map(Versioned::value)
                    .filter(freeze -> freeze.holds(clock.instant()))
                    .map(this::words)
                    .orElse(target + " is not frozen")));
  }

  private FreezeAnswer done(String target) {
    Instant now = clock.instant();
    return new FreezeAnswer.Done(
        standing(
            target,
            read(target).map(Versioned::value).filter(freeze -> freeze.holds(now)),
            known.waiting().getOrDefault(target, List.of())));
  }

  private TargetStanding standing(
      String name, Optional<TargetFreeze> freeze, List<TargetStanding.Waiting> waiting) {
    TargetGate gate = gates.of(name);
    return new TargetStanding(
        name,
        gate.rate(),
        gate.concurrency(),
        gate.closings(clock.instant(), freeze),
        freeze.orElse(null),
        waiting);
  }

  private Optional<Versioned<TargetFreeze>> read(String target) {
    return records.freezes().get(TargetFreeze.documentId(target));
  }

  private Optional<FreezeAnswer> forbidden(AuditAct act) {
    return foreign()
        .map(
            why -> {
              audit.refused(act, why);
              return new FreezeAnswer.Forbidden(why);
            });
  }

  private Optional<String> foreign() {
    return currentOperator.stores().onlyForAll("A target serves all stores");
  }

  private static Optional<FreezeAnswer> nameless(String target) {
    return target.isBlank()
        ? Optional.of(
            new FreezeAnswer.Invalid("Say which target it is, by its name as it is listed"))
        : Optional.empty();
  }

  private Optional<FreezeAnswer> unknown(String target) {
    Set<String> names = new TreeSet<>(known.names());
    if (names.contains(target) || known.waiting().containsKey(target)) {
      return Optional.empty();
    }
    names.remove(OperationSummary.NO_TARGET);
    return Optional.of(
        new FreezeAnswer.NotFound(
            "There is no target %s: it is not in the configuration, no message has failed on its way to it, and no operation of the last 7 days is about it. %s To freeze it all the same, name it under tillpost.recovery.targets."
                .formatted(
                    target,
                    names.isEmpty()
                        ? "None is known."
                        : "Known are " + String.join(", ", names) + ".")));
  }

  private Optional<String> fault(FreezeWish wish, Instant now) {
    return RetryRequest.faultOf(wish.reason())
        .or(() -> RetryRequest.plan(wish.key()).fault())
        .or(() -> faultOfEnd(wish.until(), now));
  }

  private Optional<String> faultOfEnd(@Nullable Instant until, Instant now) {
    if (until == null) {
      return Optional.empty();
    }
    if (!until.isAfter(now)) {
      return Optional.of(
          "That end is over already: the end of a freeze lies ahead, or is left open.");
    }
    return until.isAfter(now.plus(LONGEST))
        ? Optional.of(
            "The end of a freeze lies at most a year ahead. Leave it open, and lift it when it is time.")
        : Optional.empty();
  }

  private static Optional<String> faultOfLift(@Nullable String why) {
    return why != null && why.length() > RetryRequest.LONGEST_REASON
        ? Optional.of("A reason has up to %d characters".formatted(RetryRequest.LONGEST_REASON))
        : Optional.empty();
  }

  private String words(TargetFreeze freeze) {
    return gates.words(freeze.target(), TargetClosed.of(freeze));
  }

  private AuditAct act(AuditAction action, String target) {
    return AuditAct.of(me(), action, new AuditSubject(AuditSubject.Kind.TARGET, target));
  }

  private String me() {
    return currentOperator.get().id();
  }

  private static AuditLog.Ending ending(boolean written) {
    return written
        ? AuditLog.Ending.DONE
        : AuditLog.Ending.refused("Somebody else did something to it at the same moment");
  }
}
