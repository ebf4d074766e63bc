package io.tillpost.console.exceptions;

import io.tillpost.console.security.Permission;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Workflows;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.ImpactQueries.Point;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.access.prepost.PreAuthorize;

/** The exceptions by impact, for those who may see them. */
public class ExceptionInbox {
  private static final int MOST = 1_000;
  private static final int STORES = 20;
  private static final Duration WINDOW = Duration.ofHours(12);
  private static final Duration STEP = Duration.ofMinutes(30);

  private final FailureQueries failures;
  private final TriageRecords triage;
  private final TrendCache trends;
  private final Comparator<ExceptionSummary> byImpact;
  private final Clock clock;

  ExceptionInbox(FailureQueries failures, TriageRecords triage, Workflows workflows, Clock clock) {
    this.failures = failures;
    this.byImpact = ExceptionSummary.byImpact(workflows);
    this.triage = triage;
    this.clock = clock;
    this.trends = new TrendCache(this::trend, clock);
  }

  /** The exceptions that match, worst impact first ({@link ExceptionSummary#byImpact}). */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public List<ExceptionSummary> list(ExceptionFilter filter) {
    List<Group> groups = failures.groups(filter.failures(), MOST);
    Map<String, ExceptionGroup> decided =
        triage.all(groups.stream().map(Group::fingerprint).toList());
    return groups.stream()
        .map(group -> new ExceptionSummary(group, triageOf(decided, group)))
        .filter(filter::matches)
        .sorted(byImpact)
        .toList();
  }

  /**
   * One exception in full; empty where it has no failed message and nobody ever did anything about
   * it.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<ExceptionDetail> find(Fingerprint fingerprint) {
    Optional<Group> group = failures.group(fingerprint);
    ExceptionGroup decided = triage.get(fingerprint);
    if (group.isEmpty() && decided.history().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ExceptionDetail(
            group,
            decided,
            group.isEmpty() ? List.of() : failures.stores(fingerprint, STORES),
            trends.of(fingerprint)));
  }

  /**
   * How many open messages of the exception failed in each half hour of the last twelve, oldest
   * first; up to a minute old.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public List<Point> trendOf(Fingerprint fingerprint) {
    return trends.of(fingerprint);
  }

  private List<Point> trend(Fingerprint fingerprint) {
    Instant now = clock.instant();
    return failures.history(fingerprint, now.minus(WINDOW), now, STEP);
  }

  private static ExceptionGroup triageOf(Map<String, ExceptionGroup> decided, Group group) {
    ExceptionGroup known = decided.get(group.fingerprint().value());
    return known == null ? ExceptionGroup.fresh(group.fingerprint()) : known;
  }
}
