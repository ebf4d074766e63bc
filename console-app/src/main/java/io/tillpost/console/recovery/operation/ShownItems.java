package io.tillpost.console.recovery.operation;

import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Operator;
import io.tillpost.console.security.StoreScope;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Cursor;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Page;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which messages of an operation the current operator is shown, on its page, over HTTP and in a
 * file: those of their own stores, ordered by their ids.
 */
public final class ShownItems {
  private static final String STORE = "message.store_id";

  private final RecoveryRecords records;
  private final CurrentOperator currentOperator;

  public ShownItems(RecoveryRecords records, CurrentOperator currentOperator) {
    this.records = records;
    this.currentOperator = currentOperator;
  }

  /**
   * Those in these states.
   *
   * @param states empty for all
   */
  DocumentQuery of(String operationId, Set<ItemState> states) {
    return own(all(operationId, states));
  }

  /** Of these messages those of the stores of the current operator. */
  DocumentQuery own(DocumentQuery all) {
    StoreScope own = currentOperator.stores();
    return own.isBound()
        ? all.and(new Condition.AnyOf(STORE, ownStores(counts(all), own).keySet()))
        : all;
  }

  /**
   * Whether they are shown any, or asked for the operation. Of one that was frozen within the last
   * second nothing may be seen yet.
   */
  public boolean any(RecoveryOperation operation) {
    Operator me = currentOperator.get();
    return !me.stores().isBound()
        || operation.requestedBy().equals(me.id())
        || !ownStores(counts(all(operation.id(), Set.of())), me.stores()).isEmpty();
  }

  /**
   * A page of those in these states.
   *
   * @param states empty for all
   * @param size 1 to 1,000
   */
  ItemPage page(String operationId, Set<ItemState> states, int size, ItemPlace place) {
    DocumentQuery all = all(operationId, states);
    StoreScope own = currentOperator.stores();
    if (!own.isBound()) {
      return page(all, operationId, size, place, 0);
    }
    Map<String, Long> mine = ownStores(counts(all), own);
    long notShown = records.items().count(all) - mine.values().stream().mapToLong(n -> n).sum();
    return page(
        all.and(new Condition.AnyOf(STORE, mine.keySet())),
        operationId,
        size,
        place,
        Math.max(0, notShown));
  }

  private ItemPage page(
      DocumentQuery query, String operationId, int size, ItemPlace place, long notShown) {
    if (place.before() != null) {
      Page<Versioned<RecoveryItem>> page =
          records.items().find(descending(query).page(size, cursor(operationId, place.before())));
      if (page.next() != null) {
        List<RecoveryItem> items = values(page).reversed();
        return new ItemPage(items, notShown, before(items.getFirst()), after(items.getLast()));
      }
      // Fewer are left than a page has: that is the first one, and it is shown as a whole.
    }
    String after = place.after() == null ? null : cursor(operationId, place.after());
    Page<Versioned<RecoveryItem>> page = records.items().find(query.page(size, after));
    List<RecoveryItem> items = values(page);
    ItemPlace previous =
        after == null ? null : items.isEmpty() ? ItemPlace.FIRST : before(items.getFirst());
    return new ItemPage(
        items, notShown, previous, page.next() == null ? null : after(items.getLast()));
  }

  private static DocumentQuery all(String operationId, Set<ItemState> states) {
    DocumentQuery query = DocumentQuery.ALL.where("operation_id", operationId);
    if (!states.isEmpty()) {
      query =
          query.and(
              new Condition.AnyOf(
                  "state",
                  states.stream().map(Enum::name).collect(Collectors.toUnmodifiableSet())));
    }
    return query.sorted("message_id", false);
  }

  private static DocumentQuery descending(DocumentQuery query) {
    return query.sorted("message_id", true);
  }

  /** Where a message stands in the list, whether it is on it or not. */
  private static String cursor(String operationId, String messageId) {
    return Cursor.of(List.of(messageId, RecoveryItem.id(operationId, messageId)));
  }

  private Map<String, Long> counts(DocumentQuery all) {
    return records.items().countBy(STORE, all);
  }

  private static Map<String, Long> ownStores(Map<String, Long> counts, StoreScope own) {
    return counts.entrySet().stream()
        .filter(store -> own.has(store.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static ItemPlace after(RecoveryItem item) {
    return new ItemPlace(item.messageId(), null);
  }

  private static ItemPlace before(RecoveryItem item) {
    return new ItemPlace(null, item.messageId());
  }

  private static List<RecoveryItem> values(Page<Versioned<RecoveryItem>> page) {
    return page.items().stream().map(Versioned::value).toList();
  }
}
