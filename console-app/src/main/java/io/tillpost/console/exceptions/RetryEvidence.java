package io.tillpost.console.exceptions;

import io.tillpost.console.security.Permission;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.ItemStep;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.FailureQueries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * What retries came to, from what is recorded of them: of an exception the newest 20 operations
 * over it, up to 2,000 of their messages; of a class towards a target all of the last 30 days. Up
 * to half a minute old.
 */
public class RetryEvidence {
  /** Of fewer outcomes nothing is told: a share of them would say more than is known. */
  static final int LEAST = 10;

  /** Of fewer likewise, where they are of other exceptions too. */
  static final int LEAST_ALIKE = 30;

  /** How far back those of other exceptions are counted. */
  static final Duration BACK = Duration.ofDays(30);

  private static final Duration SOON = Duration.ofMinutes(10);
  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final int OPERATIONS = 20;
  private static final int ITEMS = 2_000;
  private static final int KEPT = 500;
  private static final Set<ItemState> TRIED =
      EnumSet.of(ItemState.CONFIRMED, ItemState.FAILED, ItemState.REFUSED, ItemState.UNCONFIRMED);
  private static final Set<String> TRIED_NAMES =
      TRIED.stream().map(Enum::name).collect(Collectors.toUnmodifiableSet());

  private final Documents<RecoveryOperation> operations;
  private final Documents<RecoveryItem> items;
  private final FailureQueries failures;
  private final Clock clock;
  private final Map<Fingerprint, Kept> kept = new ConcurrentHashMap<>();
  private final Map<Alike, Kept> keptAlike = new ConcurrentHashMap<>();

  RetryEvidence(DocumentStore store, FailureQueries failures, Clock clock) {
    this.operations = store.of(RecoveryKinds.OPERATIONS);
    this.items = store.of(RecoveryKinds.ITEMS);
    this.failures = failures;
    this.clock = clock;
  }

  /** What its retries came to; empty where fewer than {@value #LEAST} have an outcome. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<Retried> of(Fingerprint fingerprint) {
    return fresh(kept, fingerprint, this::ask);
  }

  /**
   * What retries of failures of that class towards that target came to, of all exceptions, over the
   * last 30 days; empty where fewer than {@value #LEAST_ALIKE} have an outcome. Added up where they
   * are kept, so that their number hardly matters.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<RetriedAlike> alike(FailureClass failureClass, String target) {
    return fresh(keptAlike, new Alike(failureClass, target), this::ask)
        .map(retried -> new RetriedAlike(failureClass, target, BACK, retried));
  }

  private <K> Optional<Retried> fresh(
      Map<K, Kept> known, K key, Function<K, Optional<Retried>> ask) {
    Instant now = clock.instant();
    Kept before = known.get(key);
    if (before != null && now.isBefore(before.at().plus(FRESH))) {
      return before.retried();
    }
    if (known.size() >= KEPT) {
      known.clear();
    }
    Optional<Retried> asked = ask.apply(key);
    known.put(key, new Kept(now, asked));
    return asked;
  }

  private Optional<Retried> ask(Alike alike) {
    DocumentQuery all =
        DocumentQuery.ALL
            .where("message.failure_class", alike.failureClass().name())
            .where("message.target", alike.target())
            .and(new Condition.Between("planned_at", clock.instant().minus(BACK), null));
    Map<String, Long> outcomes =
        items.countBy("state", all.and(new Condition.AnyOf("state", TRIED_NAMES)));
    long tried = outcomes.values().stream().mapToLong(Long::longValue).sum();
    if (tried < LEAST_ALIKE) {
      return Optional.empty();
    }
    long ever = outcomes.getOrDefault(ItemState.CONFIRMED.name(), 0L);
    long soon =
        items.count(
            all.where("state", ItemState.CONFIRMED.name())
                .and(new Condition.AtMost("took_seconds", SOON.toSeconds())));
    // Between the two questions one may have been confirmed.
    return Optional.of(new Retried(tried, Math.min(soon, ever), ever, SOON));
  }

  private Optional<Retried> ask(Fingerprint fingerprint) {
    Set<String> ids =
        operations
            .find(
                DocumentQuery.ALL
                    .and(new Condition.AnyOf("scope.fingerprint", members(fingerprint)))
                    .where("action", RecoveryAction.RETRY.name())
                    .sorted("requested_at", true)
                    .page(OPERATIONS, null))
            .items()
            .stream()
            .map(found -> found.value().id())
            .collect(Collectors.toSet());
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    List<RecoveryItem> tried =
        items
            .find(
                DocumentQuery.ALL
                    .and(new Condition.AnyOf("operation_id", ids))
                    .and(new Condition.AnyOf("state", TRIED_NAMES))
                    .sorted("planned_at", true)
                    .page(ITEMS, null))
            .items()
            .stream()
            .map(Documents.Versioned::value)
            .toList();
    if (tried.size() < LEAST) {
      return Optional.empty();
    }
    long soon = tried.stream().filter(RetryEvidence::succeededSoon).count();
    long ever = tried.stream().filter(item -> item.state() == ItemState.CONFIRMED).count();
    return Optional.of(new Retried(tried.size(), soon, ever, SOON));
  }

  /** The exception and what was merged into it. */
  private Set<String> members(Fingerprint fingerprint) {
    return failures.grouping().members(fingerprint).stream()
        .map(Fingerprint::value)
        .collect(Collectors.toSet());
  }

  /** From when the request first went out: what waited for its turn is no matter of the target. */
  private static boolean succeededSoon(RecoveryItem item) {
    Optional<Instant> out = first(item, ItemState.CLAIMED).or(() -> first(item, ItemState.SENT));
    return item.state() == ItemState.CONFIRMED
        && first(item, ItemState.CONFIRMED)
            .filter(at -> !at.isAfter(out.orElse(item.plannedAt()).plus(SOON)))
            .isPresent();
  }

  private static Optional<Instant> first(RecoveryItem item, ItemState state) {
    return item.history().stream()
        .filter(step -> step.state() == state)
        .map(ItemStep::at)
        .findFirst();
  }

  private record Alike(FailureClass failureClass, String target) {}

  private record Kept(Instant at, Optional<Retried> retried) {}
}
