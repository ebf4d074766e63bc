package io.tillpost.console.exceptions;

import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.FailureQueries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a recovery of an exception is still under way. While it is, messages that went out are
 * failed no longer, but not through either: sent is not done.
 *
 * <p>Of an operation over several exceptions their messages say so: an exception may be through
 * long before the operation is. They are asked by their failures, which stay what they are whatever
 * people put together or take apart meanwhile; where a part was split off, an open message counts
 * for the part and for the whole.
 */
final class RecoveriesUnderWay {
  /** So many values are asked for with one query; of 10,000 all answers come back. */
  private static final int PART = 5_000;

  private final Documents<RecoveryOperation> operations;
  private final Documents<RecoveryItem> items;
  private final FailureQueries failures;

  RecoveriesUnderWay(DocumentStore store, FailureQueries failures) {
    this.operations = store.of(RecoveryKinds.OPERATIONS);
    this.items = store.of(RecoveryKinds.ITEMS);
    this.failures = failures;
  }

  /**
   * Those of these exceptions of which a recovery is under way. Whatever their status says: a
   * recovery that began by itself leaves that to people, and the end of another one may have been
   * kept from them by a crash. A handful of queries for a thousand exceptions, whatever is under
   * way.
   */
  Set<Fingerprint> among(Collection<Fingerprint> exceptions) {
    if (exceptions.isEmpty()) {
      return Set.of();
    }
    Active active = active();
    if (active.ids().isEmpty()) {
      return Set.of();
    }
    Grouping grouping = failures.grouping();
    Map<Fingerprint, Set<Fingerprint>> failuresOf = grouping.failuresOf(exceptions);
    Set<String> open =
        open(
            active.ids(),
            failuresOf.values().stream()
                .flatMap(Set::stream)
                .map(Fingerprint::value)
                .distinct()
                .toList());
    Set<String> named = new HashSet<>(active.named());
    named.addAll(namedByOld(active.several()));
    return exceptions.stream()
        .filter(
            exception ->
                isAmong(open, failuresOf.getOrDefault(exception, Set.of()))
                    || (!named.isEmpty() && isAmong(named, grouping.members(exception))))
        .collect(Collectors.toSet());
  }

  private static boolean isAmong(Set<String> values, Set<Fingerprint> fingerprints) {
    return fingerprints.stream().anyMatch(one -> values.contains(one.value()));
  }

  /**
   * What a console works on.
   *
   * @param ids of all operations
   * @param named the exceptions of those over one exception
   * @param several what those over several name, by the id of the operation
   */
  private record Active(List<String> ids, Set<String> named, Map<String, Set<String>> several) {}

  private Active active() {
    Active active = new Active(new ArrayList<>(), new HashSet<>(), new HashMap<>());
    operations.findAll(
        DocumentQuery.ALL.and(new Condition.AnyOf("state", OperationState.activeNames())),
        part ->
            part.forEach(
                one -> {
                  active.ids().add(one.id());
                  if (one.value().scope().fingerprint() != null) {
                    active.named().addAll(one.value().exceptions());
                  } else if (!one.value().exceptions().isEmpty()) {
                    active.several().put(one.id(), one.value().exceptions());
                  }
                }));
    return active;
  }

  /** The failures of which an item of these operations is open. */
  private Set<String> open(List<String> ids, List<String> asked) {
    Set<String> open = new HashSet<>();
    for (Set<String> some : parts(ids)) {
      for (Set<String> part : parts(asked)) {
        open.addAll(
            items
                .countBy(
                    "message.failure", open(some).and(new Condition.AnyOf("message.failure", part)))
                .keySet());
      }
    }
    return open;
  }

  /** The exceptions of operations whose items do not say it yet. */
  private Set<String> namedByOld(Map<String, Set<String>> several) {
    Set<String> named = new HashSet<>();
    for (Set<String> part : parts(List.copyOf(several.keySet()))) {
      items
          .countBy("operation_id", open(part).and(new Condition.Missing("message.failure")))
          .keySet()
          .forEach(id -> named.addAll(several.getOrDefault(id, Set.of())));
    }
    return named;
  }

  private static DocumentQuery open(Set<String> operationIds) {
    return DocumentQuery.ALL
        .and(new Condition.AnyOf("operation_id", operationIds))
        .and(new Condition.AnyOf("state", ItemState.openNames()));
  }

  private static List<Set<String>> parts(List<String> all) {
    List<Set<String>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PART) {
      parts.add(Set.copyOf(all.subList(from, Math.min(all.size(), from + PART))));
    }
    return parts;
  }
}
