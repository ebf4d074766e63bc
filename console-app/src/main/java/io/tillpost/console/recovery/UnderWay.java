package io.tillpost.console.recovery;

import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds messages that an operation that is under way has still to do something for. */
public final class UnderWay {
  private static final int CHUNK = 2_000;
  private static final int PAGE = 5_000;

  private UnderWay() {}

  /** Their items, as search shows them, by the ids of their messages. */
  public static Map<String, RecoveryItem> of(
      RecoveryRecords records, Collection<String> messageIds) {
    Map<String, RecoveryItem> found = new HashMap<>();
    if (messageIds.isEmpty()) {
      return found;
    }
    Set<String> operations =
        records.underWay().stream().map(Versioned::id).collect(Collectors.toSet());
    List<String> ids = List.copyOf(messageIds);
    for (int from = 0; !operations.isEmpty() && from < ids.size(); from += CHUNK) {
      Set<String> these = Set.copyOf(ids.subList(from, Math.min(ids.size(), from + CHUNK)));
      DocumentQuery open =
          DocumentQuery.ALL
              .and(new Condition.AnyOf("message_id", these))
              .and(new Condition.AnyOf("state", ItemState.openNames()))
              .and(new Condition.AnyOf("operation_id", operations));
      records
          .items()
          .findAll(
              open.page(PAGE, null),
              part -> part.forEach(item -> found.put(item.value().messageId(), item.value())));
    }
    return found;
  }
}
