package io.tillpost.console.exceptions;

import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.PlannedMessage;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.FailureQueries;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * All exceptions of an operation, however many. The operation itself names the greatest of them
 * only; the others are asked of its items, part by part.
 */
final class OperationExceptions {
  private static final int PART = 1_000;

  private final Documents<RecoveryItem> items;
  private final FailureQueries failures;

  OperationExceptions(DocumentStore store, FailureQueries failures) {
    this.items = store.of(RecoveryKinds.ITEMS);
    this.failures = failures;
  }

  /** Those that the operation itself names, or in which they are by now. */
  Set<Fingerprint> named(RecoveryOperation operation) {
    return roots(operation.exceptions());
  }

  /** Hands over all of which something is still to be done, as search shows it. */
  void eachOpen(RecoveryOperation operation, Consumer<Set<Fingerprint>> each) {
    each(operation, new Condition.AnyOf("state", ItemState.openNames()), each);
  }

  /** Hands over all of which something was to be done. */
  void each(RecoveryOperation operation, Consumer<Set<Fingerprint>> each) {
    each(operation, new Condition.NoneOf("state", Set.of(ItemState.SKIPPED.name())), each);
  }

  /** One may come in several parts where exceptions were merged since the list was frozen. */
  private void each(RecoveryOperation operation, Condition which, Consumer<Set<Fingerprint>> each) {
    AtomicBoolean told = new AtomicBoolean();
    if (operation.scope().fingerprint() == null) {
      items.eachValue(
          "message.share",
          PART,
          DocumentQuery.ALL.where("operation_id", operation.id()).and(which),
          shares -> {
            told.set(true);
            each.accept(roots(shares.stream().map(PlannedMessage::exceptionOf).toList()));
          });
    }
    // Of one exception; or its items do not say of which they are.
    if (!told.get() && !operation.exceptions().isEmpty()) {
      each.accept(named(operation));
    }
  }

  private Set<Fingerprint> roots(Collection<String> fingerprints) {
    Grouping grouping = failures.grouping();
    return fingerprints.stream()
        .map(fingerprint -> grouping.root(new Fingerprint(fingerprint)))
        .collect(Collectors.toSet());
  }
}
