package io.tillpost.console.exceptions;

import io.tillpost.console.classification.ClassificationRule;
import io.tillpost.console.classification.FieldValue;
import io.tillpost.console.classification.RuleMatch;
import io.tillpost.console.security.Operator;
import io.tillpost.console.security.Permission;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionMerge;
import io.tillpost.failure.ExceptionSplit;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.FailureQueries.StoreCount;
import io.tillpost.store.ImpactQueries.Point;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One exception in full.
 *
 * @param group its messages, added up just now; empty once none is failed any more
 * @param triage what people decided
 * @param stores those with the most failed messages first, at most {@link #MOST_STORES}
 * @param trend when its open messages failed, oldest first
 * @param byRule the rule that is about its failures; empty where none is
 * @param ownership which team has it and who deals with it
 * @param grouping what was merged and split by hand
 * @param lastRecovery what became of the last recovery of it; empty where there was none
 */
public record ExceptionDetail(
    Optional<Group> group,
    ExceptionGroup triage,
    List<StoreCount> stores,
    List<Point> trend,
    Optional<ByRule> byRule,
    Ownership ownership,
    Grouping grouping,
    Optional<LastRecovery> lastRecovery) {
  /** As many stores are named. */
  public static final int MOST_STORES = 20;

  /** For one that was resolved before titles were kept. */
  private static final String UNTITLED = "Resolved exception";

  public ExceptionDetail {
    stores = List.copyOf(stores);
    trend = List.copyOf(trend);
  }

  /** In plain language, also once none of its messages is failed any more. */
  public String title() {
    String kept = triage.title() == null ? mergeTitle() : triage.title();
    return summary().map(ExceptionSummary::title).orElse(kept == null ? UNTITLED : kept);
  }

  private @Nullable String mergeTitle() {
    return mergedInto().map(ExceptionMerge::fromTitle).orElse(null);
  }

  /** Names the exception. */
  public Fingerprint fingerprint() {
    return new Fingerprint(triage.fingerprint());
  }

  /** Where it stands; one that came back does as soon as a message fails. */
  public ExceptionStatus status() {
    if (mergedInto().isPresent()) {
      return ExceptionStatus.MERGED;
    }
    return summary().map(ExceptionSummary::status).orElse(triage.status());
  }

  /** How it went into another exception; empty where it did not. */
  public Optional<ExceptionMerge> mergedInto() {
    return grouping.mergeOf(fingerprint());
  }

  /** What was merged into it, oldest first. */
  public List<ExceptionMerge> merges() {
    return grouping.mergesIn(fingerprint());
  }

  /** How it was split off another exception; empty where it was not. */
  public Optional<ExceptionSplit> splitOff() {
    return grouping.splitOf(fingerprint());
  }

  /** What was split off it, oldest first. */
  public List<ExceptionSplit> splits() {
    return grouping.splitsOf(fingerprint());
  }

  /** It and what was merged into it. */
  public Set<String> members() {
    return grouping.members(fingerprint()).stream()
        .map(Fingerprint::value)
        .collect(Collectors.toSet());
  }

  /** How many have failed messages besides {@link #stores}; about, where that are thousands. */
  public long furtherStores() {
    // Two questions were asked: where the list has room for more, only what failed since differs.
    return stores.size() < MOST_STORES
        ? 0
        : group.map(g -> Math.max(0, g.stores() - stores.size())).orElse(0L);
  }

  /** As in the list; empty once none of its messages is failed any more. */
  public Optional<ExceptionSummary> summary() {
    ClassificationRule rule = byRule.map(ByRule::match).map(RuleMatch::rule).orElse(null);
    return group.map(
        g -> new ExceptionSummary(g, triage, rule, ownership, lastRecovery.orElse(null)));
  }

  /**
   * Where the class comes from, in words, and what of the payload decided, as far as this operator
   * may see it; empty once none of its messages is failed any more.
   */
  public Optional<String> classOrigin(Operator operator) {
    return summary().map(found -> found.classOrigin() + matched(operator));
  }

  private String matched(Operator operator) {
    if (triage.classOverride() != null || byRule.filter(ByRule::looksIntoPayload).isEmpty()) {
      return "";
    }
    List<FieldValue> values = byRule.get().valuesFor(operator);
    return values.isEmpty()
        ? ", by what stands in its payload, which you may not see"
        : values.stream()
            .map(value -> "%s is “%s”".formatted(value.path(), value.shown()))
            .collect(Collectors.joining(" and ", ", because ", ""));
  }

  /**
   * The rule that is about the message that stands for the exception.
   *
   * @param storeId of that message, where the rule looked into its payload; else null
   */
  public record ByRule(RuleMatch match, @Nullable String storeId) {
    boolean looksIntoPayload() {
      return !match.values().isEmpty();
    }

    /**
     * What the rule matched in the payload, for who may see payloads of that store; empty for
     * others, and where the rule asks for nothing in it.
     */
    public List<FieldValue> valuesFor(Operator operator) {
      return operator.may(Permission.VIEW_PAYLOAD) && operator.stores().has(storeId)
          ? match.values()
          : List.of();
    }
  }
}
