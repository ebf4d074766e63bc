package io.tillpost.console.recovery.target;

import io.tillpost.console.live.Recent;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.recovery.TargetFreeze;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.FailureQueries.FailureFilter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which targets there are, and what waits for them. Nobody has to name one in the configuration
 * before messages fail on their way to it.
 */
public final class KnownTargets {
  /** What has failed is a question over all messages; one name more is seen a little later. */
  private static final Duration LATER = Duration.ofSeconds(10);

  private static final Duration LATELY = Duration.ofDays(7);
  private static final int MOST_GROUPS = 10_000;
  private static final int MOST_OPERATIONS = 500;

  private final RecoveryRecords records;
  private final Set<String> configured;
  private final FailureQueries failures;
  private final Clock clock;
  private final Recent<Set<String>> named;

  /**
   * @param configured the names that stand in the configuration
   */
  public KnownTargets(
      RecoveryRecords records, Set<String> configured, FailureQueries failures, Clock clock) {
    this.records = records;
    this.configured = configured;
    this.failures = failures;
    this.clock = clock;
    this.named = new Recent<>(LATER, clock, this::read);
  }

  /**
   * The names of all that are configured, of those to which messages have failed, and of those that
   * operations of the last seven days are about.
   */
  Set<String> names() {
    return named.get();
  }

  /** What running operations have still to send to each target, by its name. */
  Map<String, List<TargetStanding.Waiting>> waiting() {
    Map<String, List<TargetStanding.Waiting>> waiting = new HashMap<>();
    for (Versioned<RecoveryOperation> found : records.active()) {
      RecoveryOperation operation = found.value();
      if (operation.state().mayDispatch() && !operation.action().onlyRecorded()) {
        stillToSend(operation)
            .forEach(
                (target, messages) ->
                    waiting
                        .computeIfAbsent(target, _ -> new ArrayList<>())
                        .add(
                            new TargetStanding.Waiting(
                                operation.id(), operation.requestedBy(), messages)));
      }
    }
    return waiting;
  }

  /** The freezes by hand that hold now. */
  List<TargetFreeze> frozen() {
    List<TargetFreeze> frozen = new ArrayList<>();
    records
        .freezes()
        .findAll(
            DocumentQuery.ALL,
            part ->
                part.stream()
                    .map(Versioned::value)
                    .filter(freeze -> freeze.holds(clock.instant()))
                    .forEach(frozen::add));
    return frozen;
  }

  private Map<String, Long> stillToSend(RecoveryOperation operation) {
    DocumentQuery planned =
        DocumentQuery.ALL
            .where("operation_id", operation.id())
            .where("state", ItemState.PLANNED.name());
    Map<String, Long> byTarget = new HashMap<>(records.items().countBy("message.target", planned));
    if (targetsOf(operation).contains(OperationSummary.NO_TARGET)) {
      long without = records.items().count(planned.and(new Condition.Missing("message.target")));
      if (without > 0) {
        byTarget.put(OperationSummary.NO_TARGET, without);
      }
    }
    return byTarget;
  }

  private Set<String> read() {
    Set<String> names = new HashSet<>(configured);
    failures
        .groups(FailureFilter.ALL, MOST_GROUPS)
        .forEach(
            group ->
                names.add(Objects.requireNonNullElse(group.target(), OperationSummary.NO_TARGET)));
    records
        .operations()
        .find(
            DocumentQuery.ALL
                .and(new Condition.Between("requested_at", clock.instant().minus(LATELY), null))
                .sorted("requested_at", true)
                .page(MOST_OPERATIONS, null))
        .items()
        .forEach(operation -> names.addAll(targetsOf(operation.value())));
    return Set.copyOf(names);
  }

  private static Set<String> targetsOf(RecoveryOperation operation) {
    OperationSummary summary = operation.summary();
    return summary == null || operation.action().onlyRecorded()
        ? Set.of()
        : summary.targets().keySet();
  }
}
