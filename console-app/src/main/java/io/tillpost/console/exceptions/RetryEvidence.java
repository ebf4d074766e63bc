package io.tillpost.console.exceptions;

import io.tillpost.console.security.Permission;
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
import java.util.stream.Collectors;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * What retries of an exception came to, from what is recorded of them: the newest 20 operations
 * over it, up to 2,000 of their messages. Up to half a minute old.
 */
public class RetryEvidence {
  /** Of fewer outcomes nothing is told: a share of them would say more than is known. */
  static final int LEAST = 10;

  private static final Duration SOON = Duration.ofMinutes(10);
  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final int OPERATIONS = 20;
  private static final int ITEMS = 2_000;
  private static final int KEPT = 500;
  private static final Set<ItemState> TRIED =
      EnumSet.of(ItemState.CONFIRMED, ItemState.FAILED, ItemState.REFUSED, ItemState.UNCONFIRMED);

  private final Documents<RecoveryOperation> operations;
  private final Documents<RecoveryItem> items;
  private final FailureQueries failures;
  private final Clock clock;
  private final Map<Fingerprint, Kept> kept = new ConcurrentHashMap<>();

  RetryEvidence(DocumentStore store, FailureQueries failures, Clock clock) {
    this.operations = store.of(RecoveryKinds.OPERATIONS);
    this.items = store.of(RecoveryKinds.ITEMS);
    this.failures = failures;
    this.clock = clock;
  }

  /** What its retries came to; empty where fewer than {@value #LEAST} have an outcome. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<Retried> of(Fingerprint fingerprint) {
    Instant now = clock.instant();
    Kept known = kept.get(fingerprint);
    if (known != null && now.isBefore(known.at().plus(FRESH))) {
      return known.retried();
    }
    if (kept.size() >= KEPT) {
      kept.clear();
    }
    Optional<Retried> asked = ask(fingerprint);
    kept.put(fingerprint, new Kept(now, asked));
    return asked;
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
                    .and(
                        new Condition.AnyOf(
                            "state", TRIED.stream().map(Enum::name).collect(Collectors.toSet())))
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

  private record Kept(Instant at, Optional<Retried> retried) {}
}
