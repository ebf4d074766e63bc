package io.tillpost.console.exceptions;

import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.StoreScope;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationStep;
import io.tillpost.recovery.PlannedMessage;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.FailureQueries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of the last recovery of each exception, up to a second old. Asked for all of a list
 * at once: the operations of a thousand exceptions with two queries, one for those over one
 * exception and one for those over several, and the outcomes of their messages with as many. Who is
 * bound to stores is told of the messages of these only, as on the page of an operation.
 */
final class LastRecoveries {
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** So many exceptions, or operations, are asked for with one query. */
  private static final int PART = 1_000;

  /** The latest may have been cancelled before they began; of so many one will have begun. */
  private static final int LATEST = 5;

  private static final int KEPT = 20_000;
  private static final int SCOPES = 100;
  private static final String STORE = "message.store_id";
  private static final Set<String> BEGUN = begun();

  private final Documents<RecoveryOperation> operations;
  private final Documents<RecoveryItem> items;
  private final FailureQueries failures;
  private final CurrentOperator currentOperator;
  private final Clock clock;
  private final Map<StoreScope, Map<Fingerprint, Kept>> kept = new ConcurrentHashMap<>();

  LastRecoveries(
      DocumentStore store, FailureQueries failures, CurrentOperator currentOperator, Clock clock) {
    this.operations = store.of(RecoveryKinds.OPERATIONS);
    this.items = store.of(RecoveryKinds.ITEMS);
    this.failures = failures;
    this.currentOperator = currentOperator;
    this.clock = clock;
  }

  /**
   * The last recovery of each of these, or of what was merged into it. Those that have none are not
   * in the answer.
   */
  Map<Fingerprint, LastRecovery> of(Collection<Fingerprint> exceptions) {
    StoreScope scope = currentOperator.stores();
    if (kept.size() > SCOPES) {
      kept.clear();
    }
    Map<Fingerprint, Kept> known = kept.computeIfAbsent(scope, _ -> new ConcurrentHashMap<>());
    Instant now = clock.instant();
    List<Fingerprint> missing =
        exceptions.stream()
            .filter(
                one -> {
                  Kept before = known.get(one);
                  return before == null || !now.isBefore(before.at().plus(FRESH));
                })
            .toList();
    Map<Fingerprint, LastRecovery> asked = missing.isEmpty() ? Map.of() : ask(missing, scope);
    Map<Fingerprint, LastRecovery> all = new HashMap<>();
    exceptions.forEach(
        one ->
            Optional.ofNullable(known.get(one))
                .flatMap(Kept::recovery)
                .ifPresent(recovery -> all.put(one, recovery)));
    missing.forEach(all::remove);
    all.putAll(asked);
    if (known.size() > KEPT) {
      known.clear();
    }
    missing.forEach(one -> known.put(one, new Kept(now, Optional.ofNullable(asked.get(one)))));
    return all;
  }

  private Map<Fingerprint, LastRecovery> ask(List<Fingerprint> exceptions, StoreScope scope) {
    Grouping grouping = failures.grouping();
    Map<Fingerprint, RecoveryOperation> latest = latest(exceptions, grouping);
    Map<Fingerprint, List<String>> shares = new HashMap<>();
    latest.forEach(
        (exception, operation) -> {
          if (isOfSeveral(operation)) {
            shares.put(
                exception,
                grouping.members(exception).stream()
                    .map(member -> PlannedMessage.share(operation.id(), member.value()))
                    .toList());
          }
        });
    Map<String, Map<ItemState, Long>> whole =
        counts(
            "operation_id",
            latest.values().stream()
                .filter(operation -> !isOfSeveral(operation))
                .map(RecoveryOperation::id),
            scope);
    Map<String, Map<ItemState, Long>> parts =
        counts("message.share", shares.values().stream().flatMap(List::stream), scope);
    Map<Fingerprint, LastRecovery> found = new HashMap<>();
    latest.forEach(
        (exception, operation) ->
            found.put(
                exception,
                new LastRecovery(
                    operation.id(),
                    operation.action(),
                    operation.requestedBy(),
                    began(operation).orElse(operation.requestedAt()),
                    operation.state(),
                    isOfSeveral(operation)
                        ? together(shares.getOrDefault(exception, List.of()), parts)
                        : whole.getOrDefault(operation.id(), Map.of()),
                    scope.isBound(),
                    isOfSeveral(operation))));
    return found;
  }

  /** Then its items say of which exception each of them is. */
  private static boolean isOfSeveral(RecoveryOperation operation) {
    return operation.scope().fingerprint() == null;
  }

  private Map<Fingerprint, RecoveryOperation> latest(
      List<Fingerprint> exceptions, Grouping grouping) {
    Map<String, Fingerprint> exceptionOf = new HashMap<>();
    exceptions.forEach(
        one -> grouping.members(one).forEach(member -> exceptionOf.put(member.value(), one)));
    Map<Fingerprint, RecoveryOperation> latest = new HashMap<>();
    for (Set<String> part : parts(List.copyOf(exceptionOf.keySet()))) {
      for (String field : RecoveryKinds.OPERATION_EXCEPTIONS) {
        begun(field, part)
            .forEach(
                (fingerprint, operation) ->
                    latest.merge(
                        exceptionOf.get(fingerprint),
                        operation,
                        (a, b) -> a.requestedAt().isBefore(b.requestedAt()) ? b : a));
      }
    }
    return latest;
  }

  /** The latest of each fingerprint that began. */
  private Map<String, RecoveryOperation> begun(String field, Set<String> fingerprints) {
    Map<String, RecoveryOperation> begun = new HashMap<>();
    operations
        .firstOf(
            field,
            LATEST,
            DocumentQuery.ALL
                .and(new Condition.AnyOf(field, fingerprints))
                .and(new Condition.AnyOf("state", BEGUN))
                .sorted("requested_at", true)
                .without(Set.of("summary", "rule")))
        .forEach(
            (fingerprint, newest) ->
                newest.stream()
                    .map(Versioned::value)
                    .filter(operation -> began(operation).isPresent())
                    .findFirst()
                    .ifPresent(operation -> begun.put(fingerprint, operation)));
    return begun;
  }

  /**
   * How many items in which state there are for each value of the field.
   *
   * @param values of the field, where any are asked for
   */
  private Map<String, Map<ItemState, Long>> counts(
      String field, Stream<String> values, StoreScope scope) {
    Map<String, Map<ItemState, Long>> counts = new HashMap<>();
    for (Set<String> part : parts(values.distinct().toList())) {
      items
          .countBy(
              field, "state", own(DocumentQuery.ALL.and(new Condition.AnyOf(field, part)), scope))
          .forEach(
              (value, states) -> {
                Map<ItemState, Long> byState = new EnumMap<>(ItemState.class);
                states.forEach((state, count) -> byState.put(ItemState.valueOf(state), count));
                counts.put(value, byState);
              });
    }
    return counts;
  }

  private static Map<ItemState, Long> together(
      List<String> shares, Map<String, Map<ItemState, Long>> counts) {
    Map<ItemState, Long> all = new EnumMap<>(ItemState.class);
    for (String share : shares) {
      counts
          .getOrDefault(share, Map.of())
          .forEach((state, count) -> all.merge(state, count, Long::sum));
    }
    return all;
  }

  private DocumentQuery own(DocumentQuery all, StoreScope scope) {
    return scope.isBound()
        ? all.and(
            new Condition.AnyOf(
                STORE,
                items.countBy(STORE, all).keySet().stream()
                    .filter(scope::has)
                    .collect(Collectors.toSet())))
        : all;
  }

  /** Empty where it was declined or cancelled before anything was done. */
  private static Optional<Instant> began(RecoveryOperation operation) {
    return operation.history().stream()
        .filter(step -> step.state().mayDispatch())
        .map(OperationStep::at)
        .findFirst();
  }

  private static List<Set<String>> parts(List<String> all) {
    List<Set<String>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PART) {
      parts.add(Set.copyOf(all.subList(from, Math.min(all.size(), from + PART))));
    }
    return parts;
  }

  private static Set<String> begun() {
    Set<String> states = new HashSet<>(OperationState.activeNames());
    states.add(OperationState.FINISHED.name());
    states.add(OperationState.CANCELLED.name());
    return Set.copyOf(states);
  }

  private record Kept(Instant at, Optional<LastRecovery> recovery) {}
}
