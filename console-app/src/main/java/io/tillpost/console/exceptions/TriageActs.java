package io.tillpost.console.exceptions;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.classification.ClassificationRule;
import io.tillpost.console.classification.Classifier;
import io.tillpost.console.classification.RuleMatch;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.OwnerSide;
import io.tillpost.failure.TeamHandOver;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.FailureQueries.Group;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How an act is done to an exception: written to the audit trail first, and made to the exception
 * as it is then, so that two people at the same time both count. What is done to one that was
 * merged is done to the one in which it is; a request that comes again does nothing more.
 */
final class TriageActs {
  private final TriageRecords records;
  private final FailureQueries failures;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;
  private final Classifier classifier;
  private final KnownOperators operators;
  private final Clock clock;

  TriageActs(
      TriageRecords records,
      FailureQueries failures,
      AuditLog audit,
      CurrentOperator currentOperator,
      Classifier classifier,
      KnownOperators operators,
      Clock clock) {
    this.records = records;
    this.failures = failures;
    this.audit = audit;
    this.currentOperator = currentOperator;
    this.classifier = classifier;
    this.operators = operators;
    this.clock = clock;
  }

  /** An act after which the other side may have to act: then that is written down with it. */
  TriageAnswer handing(
      Fingerprint fingerprint,
      AuditAction action,
      @Nullable String before,
      @Nullable String after,
      @Nullable String note,
      UnaryOperator<ExceptionGroup> change) {
    Optional<Group> failed = failures.group(fingerprint);
    RuleMatch match = failed.map(ExceptionSummary::subject).flatMap(classifier::of).orElse(null);
    return act(
        fingerprint,
        action,
        before,
        after,
        group -> {
          if (failed.isEmpty()) {
            return change.apply(group);
          }
          ExceptionSummary stands = ExceptionSummary.of(failed.get(), group, match, operators);
          // What a rule did a moment ago was nobody's act, and comes before this one.
          Instant now = clock.instant();
          ExceptionGroup changed = change.apply(stands.lookedAtBeforeAct(now).orElse(group));
          OwnerSide from = stands.ownerSide();
          OwnerSide to = stands.as(changed).ownerSide();
          return from == to ? changed : changed.handedOver(from, to, note, me(), now);
        });
  }

  /**
   * An act that may change which team has it and who deals with it, both written down as they
   * count.
   */
  TriageAnswer assigning(Fingerprint fingerprint, UnaryOperator<ExceptionGroup> change) {
    ClassificationRule rule =
        failures
            .group(failures.grouping().root(fingerprint))
            .map(ExceptionSummary::subject)
            .flatMap(classifier::of)
            .map(RuleMatch::rule)
            .orElse(null);
    ExceptionGroup before = decided(fingerprint);
    return act(
        fingerprint,
        AuditAction.ASSIGN,
        Ownership.of(before, rule, operators).words(),
        Ownership.of(change.apply(before), rule, operators).words(),
        group -> assigned(group, change.apply(group), rule));
  }

  /** Where a team has it from now on and nobody deals with it, that is written down with it. */
  private ExceptionGroup assigned(
      ExceptionGroup before, ExceptionGroup after, @Nullable ClassificationRule rule) {
    String team = after.team();
    if (team == null
        || team.equalsIgnoreCase(Ownership.of(before, rule, operators).team())
        || Ownership.of(after, rule, operators).assignee() != null) {
      return after;
    }
    return new TeamHandOver(clock.instant(), me(), team).writtenTo(after);
  }

  /** An act that needs no reason. */
  TriageAnswer act(
      Fingerprint fingerprint,
      AuditAction action,
      @Nullable String before,
      @Nullable String after,
      UnaryOperator<ExceptionGroup> change) {
    return act(fingerprint, action, before, after, null, change);
  }

  /**
   * An act.
   *
   * @param before what it changes, as the audit trail keeps it; null for nothing
   * @param after what that is then
   * @param reason in the words of who acts, or null
   */
  TriageAnswer act(
      Fingerprint fingerprint,
      AuditAction action,
      @Nullable String before,
      @Nullable String after,
      @Nullable String reason,
      UnaryOperator<ExceptionGroup> change) {
    Fingerprint acted = failures.grouping().root(fingerprint);
    AuditSubject subject = new AuditSubject(AuditSubject.Kind.EXCEPTION, acted.value());
    return audit.record(
        AuditAct.of(me(), action, subject).changing(before, after).because(reason),
        () -> new TriageAnswer.Done(records.change(acted, group -> once(group, change))),
        _ -> AuditLog.Ending.DONE);
  }

  /** The change, unless the request that asks for it was done already. */
  private static Optional<ExceptionGroup> once(
      ExceptionGroup group, UnaryOperator<ExceptionGroup> change) {
    Optional<String> request = TriageRequest.current();
    if (request.isEmpty()) {
      return Optional.of(change.apply(group));
    }
    return group.hasRequest(request.get())
        ? Optional.empty()
        : Optional.of(change.apply(group).requested(request.get()));
  }

  /** What people decided about it so far. */
  ExceptionGroup decided(Fingerprint fingerprint) {
    return records.get(failures.grouping().root(fingerprint));
  }

  /** The current operator. */
  String me() {
    return currentOperator.get().id();
  }

  /**
   * An act that changes the status, or what holds it back.
   *
   * @param change the exception after it; empty where it cannot be done
   * @param impossible the answer then, a sentence
   */
  TriageAnswer changed(
      Fingerprint fingerprint,
      AuditAction action,
      String after,
      @Nullable String reason,
      Function<ExceptionGroup, Optional<ExceptionGroup>> change,
      String impossible) {
    if (change.apply(decided(fingerprint)).isEmpty()) {
      return new TriageAnswer.Invalid(impossible);
    }
    ExceptionGroup before = decided(fingerprint);
    return act(
        fingerprint,
        action,
        before.retryStoppedBy() != null && action == AuditAction.START_AUTOMATIC_RETRY
            ? "automatic retry stopped by " + before.retryStoppedBy()
            : before.status().title(),
        after,
        reason,
        group -> change.apply(group).orElse(group));
  }
}
