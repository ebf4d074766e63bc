package io.tillpost.console.exceptions;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditOutcome;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.failure.ExceptionEvent;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.failure.RegroupStep;
import io.tillpost.store.GroupingStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How exceptions are put together and taken apart. What counts is one write of the grouping, which
 * also holds what each exception has still to be told; {@link #settle} tells it, after every act
 * and every few seconds, so that a crash in between leaves nothing but a late history.
 */
final class Regrouping {
  /** The longest reason, in characters. */
  static final int LONGEST_REASON = 1_000;

  private final GroupingStore groupings;
  private final TriageRecords records;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;
  private final Clock clock;

  Regrouping(
      GroupingStore groupings,
      TriageRecords records,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    this.groupings = groupings;
    this.records = records;
    this.audit = audit;
    this.currentOperator = currentOperator;
    this.clock = clock;
  }

  /** What becomes of the grouping. */
  sealed interface Change {
    /** This. */
    record To(Grouping grouping) implements Change {}

    /** Nothing, and why. */
    record Impossible(String reason) implements Change {}
  }

  /** How failures are put together by hand; as it is now. */
  Grouping current() {
    return groupings.current();
  }

  /**
   * Does it, with a record in the audit trail.
   *
   * @param answered the exception that is answered as it is then
   * @param change to what is there then; may be asked several times
   * @param noting makes the audit entries of the other exceptions
   */
  TriageAnswer act(
      AuditAct act, Fingerprint answered, Function<Grouping, Change> change, Runnable noting) {
    if (act.reason() != null && act.reason().length() > LONGEST_REASON) {
      return new TriageAnswer.Invalid(
          "A reason has up to %,d characters".formatted(LONGEST_REASON));
    }
    // What was done before a crash has to be known before anything is decided.
    settle();
    Function<Grouping, Change> bounded = grouping -> bounded(change.apply(grouping));
    if (bounded.apply(groupings.current()) instanceof Change.Impossible impossible) {
      return new TriageAnswer.Invalid(impossible.reason());
    }
    return audit.record(
        act,
        () -> {
          Optional<String> objection = write(bounded);
          if (objection.isPresent()) {
            return new TriageAnswer.Invalid(objection.get());
          }
          settle();
          noting.run();
          return new TriageAnswer.Done(records.get(answered));
        },
        answer ->
            answer instanceof TriageAnswer.Invalid invalid
                ? AuditLog.Ending.refused(invalid.reason())
                : AuditLog.Ending.DONE);
  }

  private static Change bounded(Change change) {
    return change instanceof Change.To(Grouping grouping) && grouping.isTooEntangled()
        ? new Change.Impossible(
            "Every list asks for the conditions of all splits, and %,d are possible: put some parts back first"
                .formatted(Grouping.MOST_CONDITIONS))
        : change;
  }

  private Optional<String> write(Function<Grouping, Change> change) {
    AtomicReference<@Nullable String> objection = new AtomicReference<>();
    groupings.change(
        grouping ->
            switch (change.apply(grouping)) {
              case Change.To to -> {
                objection.set(null);
                yield Optional.of(to.grouping());
              }
              case Change.Impossible impossible -> {
                objection.set(impossible.reason());
                yield Optional.empty();
              }
            });
    return Optional.ofNullable(objection.get());
  }

  /** Tells the exceptions concerned what was done and they do not know yet. */
  void settle() {
    Grouping grouping = groupings.current();
    if (grouping.untold().isEmpty()) {
      return;
    }
    grouping.untold().forEach(this::tell);
    groupings.change(
        now ->
            now.untold().isEmpty() ? Optional.empty() : Optional.of(now.told(grouping.untold())));
  }

  private void tell(RegroupStep step) {
    ExceptionGroup like = step.like() == null ? null : records.get(step.like());
    records.change(step.exception(), group -> group.regrouped(step, like));
  }

  /** Why these exceptions cannot be regrouped; empty where they can. */
  Optional<String> objection(Grouping grouping, Map<Fingerprint, String> titles) {
    if (grouping.isFull(titles.size())) {
      return Optional.of(
          "More than %,d merges and splits are not kept: take some apart first"
              .formatted(Grouping.MOST));
    }
    for (Map.Entry<Fingerprint, String> one : titles.entrySet()) {
      if (grouping.mergeOf(one.getKey()).isPresent()) {
        return Optional.of(
            "%s is in “%s” already"
                .formatted(
                    named(one.getValue(), one.getKey()), titleOf(grouping.root(one.getKey()))));
      }
      if (records.get(one.getKey()).status() == ExceptionStatus.RECOVERING) {
        return Optional.of(
            "A recovery of %s runs: wait for its end"
                .formatted(named(one.getValue(), one.getKey())));
      }
    }
    return Optional.empty();
  }

  /** Keeps a record for another exception that it was done to. */
  void note(AuditAct act) {
    audit.note(act, AuditOutcome.DONE, null);
  }

  AuditAct audited(AuditAction action, Fingerprint subject) {
    return AuditAct.of(
        me(), action, new AuditSubject(AuditSubject.Kind.EXCEPTION, subject.value()));
  }

  /**
   * What an exception is told.
   *
   * @param requested whether the request that is being worked on is about this exception
   */
  RegroupStep step(
      Fingerprint exception,
      ExceptionEvent event,
      Instant at,
      String what,
      String title,
      boolean requested) {
    return new RegroupStep(
        exception,
        event,
        at,
        me(),
        what,
        title,
        null,
        null,
        requested ? TriageRequest.current().orElse(null) : null);
  }

  /** What these are called; without those that there are not. */
  Map<Fingerprint, String> titles(Collection<Fingerprint> exceptions) {
    return records
        .titles(exceptions.stream().map(Fingerprint::value).collect(Collectors.toSet()))
        .entrySet()
        .stream()
        .collect(Collectors.toMap(e -> new Fingerprint(e.getKey()), Map.Entry::getValue));
  }

  String titleOf(Fingerprint exception) {
    return titles(Set.of(exception)).getOrDefault(exception, exception.value());
  }

  /** As it stands in a history: the title and the id. */
  static String named(String title, Fingerprint exception) {
    return "“%s” (%s)".formatted(title, exception);
  }

  /** With the reason, where there is one. */
  static String because(String what, @Nullable String reason) {
    return reason == null ? what : what + ": " + reason;
  }

  /** The reason as it is kept: null where it is blank. */
  static @Nullable String reason(@Nullable String typed) {
    return typed == null || typed.isBlank() ? null : typed.strip();
  }

  Instant now() {
    return clock.instant();
  }

  String me() {
    return currentOperator.get().id();
  }
}
