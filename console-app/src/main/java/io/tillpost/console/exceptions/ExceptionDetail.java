package io.tillpost.console.exceptions;

import io.tillpost.console.classification.ClassificationRules;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.FailureQueries.StoreCount;
import io.tillpost.store.ImpactQueries.Point;
import java.util.List;
import java.util.Optional;

/**
 * One exception in full.
 *
 * @param group its messages, added up just now; empty once none is failed any more
 * @param triage what people decided
 * @param stores those with the most failed messages first
 * @param trend when its open messages failed, oldest first
 * @param rules that classify
 */
public record ExceptionDetail(
    Optional<Group> group,
    ExceptionGroup triage,
    List<StoreCount> stores,
    List<Point> trend,
    ClassificationRules rules) {
  /** For one that was resolved before titles were kept. */
  private static final String UNTITLED = "Resolved exception";

  public ExceptionDetail {
    stores = List.copyOf(stores);
    trend = List.copyOf(trend);
  }

  /** In plain language, also once none of its messages is failed any more. */
  public String title() {
    String kept = triage.title();
    return summary().map(ExceptionSummary::title).orElse(kept == null ? UNTITLED : kept);
  }

  /** As in the list; empty once none of its messages is failed any more. */
  public Optional<ExceptionSummary> summary() {
    return group.map(g -> ExceptionSummary.of(g, triage, rules));
  }
}
