package io.tillpost.console.exceptions;

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
 */
public record ExceptionDetail(
    Optional<Group> group, ExceptionGroup triage, List<StoreCount> stores, List<Point> trend) {
  public ExceptionDetail {
    stores = List.copyOf(stores);
    trend = List.copyOf(trend);
  }

  /** As in the list; empty once none of its messages is failed any more. */
  public Optional<ExceptionSummary> summary() {
    return group.map(g -> new ExceptionSummary(g, triage));
  }
}
