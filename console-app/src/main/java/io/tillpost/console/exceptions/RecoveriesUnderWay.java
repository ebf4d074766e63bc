package io.tillpost.console.exceptions;

import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.FailureQueries;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a recovery of an exception is still under way. While it is, messages that went out are
 * failed no longer, but not through either: sent is not done.
 */
final class RecoveriesUnderWay {
  private final Documents<RecoveryOperation> operations;
  private final FailureQueries failures;

  RecoveriesUnderWay(DocumentStore store, FailureQueries failures) {
    this.operations = store.of(RecoveryKinds.OPERATIONS);
    this.failures = failures;
  }

  /**
   * Whatever its status says: a recovery that began by itself leaves that to people, and the end of
   * another one may have been kept from it by a crash.
   */
  boolean of(ExceptionGroup group) {
    Set<String> members =
        failures.grouping().members(new Fingerprint(group.fingerprint())).stream()
            .map(Fingerprint::value)
            .collect(Collectors.toSet());
    return RecoveryKinds.OPERATION_EXCEPTIONS.stream().anyMatch(field -> isActive(field, members));
  }

  private boolean isActive(String field, Set<String> fingerprints) {
    return !operations
        .find(
            DocumentQuery.ALL
                .and(new Condition.AnyOf(field, fingerprints))
                .and(new Condition.AnyOf("state", OperationState.activeNames()))
                .page(1, null))
        .items()
        .isEmpty();
  }

  /** Those of these exceptions of which a recovery is under way, by fingerprint. */
  Set<String> among(Collection<ExceptionGroup> groups) {
    Set<String> active = new HashSet<>();
    operations.findAll(
        DocumentQuery.ALL.and(new Condition.AnyOf("state", OperationState.activeNames())),
        part -> part.forEach(one -> active.addAll(one.value().exceptions())));
    if (active.isEmpty()) {
      return Set.of();
    }
    Grouping grouping = failures.grouping();
    return groups.stream()
        .map(ExceptionGroup::fingerprint)
        .filter(
            fingerprint ->
                grouping.members(new Fingerprint(fingerprint)).stream()
                    .anyMatch(member -> active.contains(member.value())))
        .collect(Collectors.toSet());
  }
}
