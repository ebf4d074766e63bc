package io.tillpost.console.recovery.operation;

import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Which of the messages of which nobody knows whether the target has them. Everything given must
 * hold; blank is not given.
 *
 * @param store the id of their store, as a whole; null for any
 * @param target the system that they go to, or {@link OperationSummary#NO_TARGET}; null for any
 * @param workflow of the messages; null for any
 */
public record UnconfirmedFilter(
    @Nullable String store, @Nullable String target, @Nullable String workflow) {
  /** All of them. */
  public static final UnconfirmedFilter ALL = new UnconfirmedFilter(null, null, null);

  public UnconfirmedFilter {
    store = given(store);
    target = given(target);
    workflow = given(workflow);
  }

  DocumentQuery conditions() {
    DocumentQuery query = DocumentQuery.ALL.where("state", ItemState.UNCONFIRMED.name());
    query = with(query, "message.store_id", store);
    query = with(query, "message.workflow", workflow);
    return OperationSummary.NO_TARGET.equals(target)
        ? query.and(new Condition.Missing("message.target"))
        : with(query, "message.target", target);
  }

  private static DocumentQuery with(DocumentQuery query, String field, @Nullable String value) {
    return value == null ? query : query.where(field, value);
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
