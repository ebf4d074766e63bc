package io.tillpost.console.exceptions;

import io.tillpost.console.classification.ClassificationRule;
import io.tillpost.console.classification.Classifier;
import io.tillpost.console.classification.RuleMatch;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.OwnerSide;
import io.tillpost.message.ImpactKind;
import io.tillpost.message.Workflows;
import io.tillpost.store.FailureQueries.Group;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exception with messages that are failed now, and what people decided about it.
 *
 * @param group its messages, added up just now
 * @param triage what people decided
 * @param rule the first rule that is about its failures, or null where none is
 * @param ownership which team has it and who deals with it
 * @param lastRecovery what became of the last recovery of it; null where there was none
 */
public record ExceptionSummary(
    Group group,
    ExceptionGroup triage,
    @Nullable ClassificationRule rule,
    Ownership ownership,
    @Nullable LastRecovery lastRecovery) {
  /** The same exception by the rule that is about it, if any is. */
  static ExceptionSummary of(
      Group group, ExceptionGroup triage, @Nullable RuleMatch match, KnownOperators operators) {
    ClassificationRule rule = match == null ? null : match.rule();
    return new ExceptionSummary(group, triage, rule, Ownership.of(triage, rule, operators), null);
  }

  /** The same by what people decided meanwhile. */
  ExceptionSummary as(ExceptionGroup decided) {
    return new ExceptionSummary(group, decided, rule, ownership, lastRecovery);
  }

  /** The same, of which this was the last recovery; null for none. */
  ExceptionSummary after(@Nullable LastRecovery recovery) {
    return new ExceptionSummary(group, triage, rule, ownership, recovery);
  }

  /** What became of the last recovery, as far as one filters by it. */
  public LastRecovery.Result recoveryResult() {
    return lastRecovery == null ? LastRecovery.Result.NONE : lastRecovery.result();
  }

  /** What rules go by: the message that stands for the exception. */
  static Classifier.Subject subject(Group group) {
    return new Classifier.Subject(
        group.workflow(),
        group.target(),
        group.sample(),
        group.sampleMessage(),
        group.lastFailed());
  }

  /**
   * The order of impact, worst first: more stores, each counted with the weight of what its stuck
   * messages mean ({@link ImpactKind#weight}), then more messages, then the older one. Money is
   * shown but does not decide: sums of different currencies cannot be compared, and they are never
   * converted. What is ignored comes after all others.
   */
  public static Comparator<ExceptionSummary> byImpact(Workflows workflows) {
    return Comparator.comparing((ExceptionSummary e) -> e.status() != ExceptionStatus.IGNORED)
        .thenComparingLong(e -> e.weight(workflows))
        .thenComparingLong(e -> e.group().messages())
        .reversed()
        .thenComparing(e -> e.group().oldest())
        .thenComparing(e -> e.group().fingerprint().value());
  }

  private long weight(Workflows workflows) {
    return group.stores() * workflows.get(group.workflow()).impact().weight();
  }

  /** Names the exception. */
  public Fingerprint fingerprint() {
    return group.fingerprint();
  }

  /** In plain language. */
  public String title() {
    String title = ExceptionTitle.of(group.sample());
    return triage.part() == null ? title : title + " · " + triage.part();
  }

  /** The class that counts: given by hand, else by a rule, else claimed by who reported it. */
  public FailureClass failureClass() {
    return rule == null || triage.classOverride() != null
        ? triage.classOf(group.sample())
        : rule.failureClass();
  }

  /** Who has to act: as said by hand, else by the rule that gave the class, else by the class. */
  public OwnerSide ownerSide() {
    OwnerSide said = triage.sideOverride();
    if (said != null) {
      return said;
    }
    OwnerSide ruled = rule == null || triage.classOverride() != null ? null : rule.side();
    return ruled == null ? failureClass().owner() : ruled;
  }

  /** The rule that says who has to act, in words; null where nothing but people or none do. */
  @Nullable String ruledSide() {
    return rule == null || triage.classOverride() != null || triage.sideOverride() != null
        ? null
        : rule.words();
  }

  /** The exception with who has to act now; empty where that is written down already. */
  Optional<ExceptionGroup> lookedAt(Instant now) {
    return triage.foundWith(ownerSide(), ruledSide(), now);
  }

  /** The same right before somebody's act. */
  Optional<ExceptionGroup> lookedAtBeforeAct(Instant now) {
    return triage.foundBeforeAct(ownerSide(), ruledSide(), now);
  }

  /** Where the class comes from, in words. */
  public String classOrigin() {
    if (triage.classOverride() != null) {
      return "given by hand"
          + (rule == null || rule.failureClass() == failureClass()
              ? ""
              : ", against " + rule.words());
    }
    if (rule != null) {
      return "by " + rule.words();
    }
    return group.sample().failureClass() == null
        ? "no rule matches and the reporting system claims none"
        : "claimed by the reporting system; no rule matches";
  }

  /** The user name of who deals with it, by hand or by rule, or null for nobody. */
  public @Nullable String assignee() {
    return ownership.assignee();
  }

  /** Which team has it, by hand or by rule, or null for none. */
  public @Nullable String team() {
    return ownership.team();
  }

  /** Where it stands; one that was resolved has come back as soon as a message fails. */
  public ExceptionStatus status() {
    return triage.status() == ExceptionStatus.RESOLVED
        ? ExceptionStatus.REGRESSED
        : triage.status();
  }
}
