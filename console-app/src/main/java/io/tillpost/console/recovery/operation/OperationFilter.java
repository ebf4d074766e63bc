package io.tillpost.console.recovery.operation;

import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which operations. Everything given must hold.
 *
 * @param actions any of these; empty for all
 * @param states any of these; empty for all
 * @param requestedBy the user name of who asked for it; null for anybody
 */
public record OperationFilter(
    Set<RecoveryAction> actions, Set<OperationState> states, @Nullable String requestedBy) {
  /** All operations. */
  public static final OperationFilter ALL = new OperationFilter(Set.of(), Set.of(), null);

  public OperationFilter {
    actions = Set.copyOf(actions);
    states = Set.copyOf(states);
    requestedBy = requestedBy == null || requestedBy.isBlank() ? null : requestedBy.strip();
  }

  DocumentQuery conditions() {
    DocumentQuery query = with(with(DocumentQuery.ALL, "action", actions), "state", states);
    return requestedBy == null ? query : query.where("requested_by", requestedBy);
  }

  private static DocumentQuery with(
      DocumentQuery query, String field, Set<? extends Enum<?>> values) {
    return values.isEmpty()
        ? query
        : query.and(
            new Condition.AnyOf(
                field, values.stream().map(Enum::name).collect(Collectors.toUnmodifiableSet())));
  }
}
