package io.tillpost.console.exceptions;

import io.tillpost.console.classification.Classifier;
import io.tillpost.console.classification.RuleMatch;
import io.tillpost.console.live.Recent;
import io.tillpost.console.security.Permission;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Workflows;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.FailureQueries.FailureFilter;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.ImpactQueries.Point;
import io.tillpost.store.Messages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * The exceptions by impact, for those who may see them. What is counted is at most a second old and
 * counted once for all who ask meanwhile; what people decided is always as it is now.
 */
public class ExceptionInbox {
  private static final int MOST = 10_000;
  private static final MyTeams NOBODYS = new MyTeams("", List.of());
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration WINDOW = Duration.ofHours(12);
  private static final Duration STEP = Duration.ofMinutes(30);

  private final FailureQueries failures;
  private final StoreDirectory directory;
  private final TriageRecords triage;
  private final TrendCache trends;
  private final Recent<List<Group>> all;
  private final LastRecoveries recoveries;
  private final Messages messages;
  private final Classifier classifier;
  private final KnownOperators operators;
  private final Supplier<MyTeams> myTeams;
  private final Comparator<ExceptionSummary> byImpact;
  private final Clock clock;

  /**
   * An inbox of these.
   *
   * @param myTeams the teams of who asks just now
   */
  ExceptionInbox(
      FailureQueries failures,
      Messages messages,
      StoreDirectory directory,
      TriageRecords triage,
      Classifier classifier,
      KnownOperators operators,
      Supplier<MyTeams> myTeams,
      Workflows workflows,
      LastRecoveries recoveries,
      Clock clock) {
    this.failures = failures;
    this.messages = messages;
    this.directory = directory;
    this.byImpact = ExceptionSummary.byImpact(workflows);
    this.triage = triage;
    this.classifier = classifier;
    this.operators = operators;
    this.recoveries = recoveries;
    this.myTeams = myTeams;
    this.clock = clock;
    this.trends = new TrendCache(this::trends, clock);
    this.all = new Recent<>(FRESH, clock, () -> failures.groups(FailureFilter.ALL, MOST));
  }

  /**
   * The exceptions that match, worst impact first ({@link ExceptionSummary#byImpact}), of the
   * 10,000 with the most messages.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public List<ExceptionSummary> list(ExceptionFilter filter) {
    Instant now = clock.instant();
    List<Group> groups = groups(filter);
    Map<String, ExceptionGroup> decided =
        triage.all(groups.stream().map(Group::fingerprint).toList());
    Map<Classifier.Subject, RuleMatch> matches =
        classifier.of(groups.stream().map(ExceptionSummary::subject).toList());
    KnownOperators known = operators.remembered();
    MyTeams mine = filter.asksForMyTeams() ? myTeams.get() : NOBODYS;
    List<ExceptionSummary> matching =
        groups.stream()
            .map(
                group ->
                    ExceptionSummary.of(
                        group,
                        triageOf(decided, group),
                        matches.get(ExceptionSummary.subject(group)),
                        known))
            .filter(summary -> filter.matches(summary, mine, now))
            .toList();
    List<ExceptionSummary> listed = withRecoveries(matching, filter);
    trends.expect(listed.stream().map(ExceptionSummary::fingerprint).toList());
    return listed;
  }

  private List<ExceptionSummary> withRecoveries(
      List<ExceptionSummary> matching, ExceptionFilter filter) {
    Map<Fingerprint, LastRecovery> last =
        recoveries.of(matching.stream().map(ExceptionSummary::fingerprint).toList());
    return matching.stream()
        .map(summary -> summary.after(last.get(summary.fingerprint())))
        .filter(filter::matchesRecovery)
        .sorted(byImpact)
        .toList();
  }

  /**
   * One exception in full; empty where it has no failed message and was never written down. One
   * that was merged has no messages any more, but says into which one it went.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<ExceptionDetail> find(Fingerprint fingerprint) {
    Grouping grouping = failures.grouping();
    boolean merged = grouping.mergeOf(fingerprint).isPresent();
    Optional<Group> group = merged ? Optional.empty() : failures.group(fingerprint);
    ExceptionGroup decided = triage.get(fingerprint);
    boolean known = decided.title() != null || !decided.history().isEmpty();
    if (group.isEmpty() && !known && !merged) {
      return Optional.empty();
    }
    Optional<ExceptionDetail.ByRule> byRule = group.flatMap(this::classOf);
    return Optional.of(
        new ExceptionDetail(
            group,
            decided,
            group.isEmpty() ? List.of() : failures.stores(fingerprint, ExceptionDetail.MOST_STORES),
            merged ? List.of() : trends.of(fingerprint),
            byRule,
            Ownership.of(decided, byRule.map(rule -> rule.match().rule()).orElse(null), operators),
            grouping,
            Optional.ofNullable(recoveries.of(List.of(fingerprint)).get(fingerprint))));
  }

  private Optional<ExceptionDetail.ByRule> classOf(Group group) {
    return classifier
        .of(ExceptionSummary.subject(group))
        .map(
            match ->
                new ExceptionDetail.ByRule(
                    match,
                    match.values().isEmpty()
                        ? null
                        : messages
                            .find(group.sampleMessage())
                            .map(stored -> stored.message().storeId())
                            .orElse(null)));
  }

  /**
   * How many open messages of the exception failed in each half hour of the last twelve, oldest
   * first; up to a minute old.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public List<Point> trendOf(Fingerprint fingerprint) {
    return trends.of(fingerprint);
  }

  private List<Group> groups(ExceptionFilter filter) {
    Set<String> storeIds = filter.stores();
    if (!filter.regions().isEmpty()) {
      storeIds =
          filter.regions().stream()
              .flatMap(region -> directory.storesIn(region).stream())
              .filter(store -> filter.stores().isEmpty() || filter.stores().contains(store))
              .collect(Collectors.toSet());
      if (storeIds.isEmpty()) {
        return List.of();
      }
    }
    FailureFilter asked =
        new FailureFilter(
            filter.workflows(), filter.targets(), storeIds, filter.keys(), filter.text());
    return asked.equals(FailureFilter.ALL) ? all.get() : failures.groups(asked, MOST);
  }

  private Map<Fingerprint, List<Point>> trends(Set<Fingerprint> fingerprints) {
    Instant now = clock.instant();
    return failures.histories(fingerprints, now.minus(WINDOW), now, STEP);
  }

  private static ExceptionGroup triageOf(Map<String, ExceptionGroup> decided, Group group) {
    ExceptionGroup known = decided.get(group.fingerprint().value());
    return known == null ? ExceptionGroup.fresh(group.fingerprint()) : known;
  }
}
