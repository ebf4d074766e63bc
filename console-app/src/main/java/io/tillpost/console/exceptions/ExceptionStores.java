package io.tillpost.console.exceptions;

import io.tillpost.console.security.StoreScope;
import io.tillpost.failure.Fingerprint;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.FailureQueries.StoreCount;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether an exception has messages of somebody's own stores only. */
final class ExceptionStores {
  private static final int MOST_STORES = 10_000;

  private final FailureQueries failures;

  ExceptionStores(FailureQueries failures) {
    this.failures = failures;
  }

  /** The stores that have messages of the exception, by id. */
  Set<String> of(Fingerprint exception) {
    return failures.stores(failures.grouping().root(exception), MOST_STORES).stream()
        .map(StoreCount::storeId)
        .collect(Collectors.toSet());
  }

  /**
   * Why who works for these stores may not hold its messages back or let them go, in sentences;
   * empty if they may.
   */
  Optional<String> refusal(Fingerprint exception, StoreScope scope) {
    if (!scope.isBound()) {
      return Optional.empty();
    }
    Fingerprint root = failures.grouping().root(exception);
    // Those that name no store are in no store's count. Copies of the index may differ by what
    // failed a second ago, so a store that is told is enough, whatever the other answer adds up to.
    long all = failures.group(root).map(Group::messages).orElse(0L);
    List<StoreCount> counts = failures.stores(root, MOST_STORES);
    boolean own = counts.stream().allMatch(store -> scope.has(store.storeId()));
    return own && counts.stream().mapToLong(StoreCount::messages).sum() >= all
        ? Optional.empty()
        : scope.onlyForAll("This exception has messages of other stores");
  }
}
