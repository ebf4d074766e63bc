package io.tillpost.console.recovery.operation;

import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.console.security.StoreScope;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.FieldRule;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryContent;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Cursor;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Page;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/** Reads recovery operations, by anybody, for those who may. */
public class Operations {
  private final RecoveryRecords records;
  private final Outlooks outlooks;
  private final ShownUnconfirmed shown;
  private final ShownItems items;
  private final CurrentOperator currentOperator;

  public Operations(
      RecoveryRecords records,
      Outlooks outlooks,
      ShownUnconfirmed shown,
      ShownItems items,
      CurrentOperator currentOperator) {
    this.records = records;
    this.outlooks = outlooks;
    this.shown = shown;
    this.items = items;
    this.currentOperator = currentOperator;
  }

  /** How long an operation is expected to take from now, and what holds it up. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Outlook outlook(RecoveryOperation operation) {
    return outlooks.of(operation);
  }

  /**
   * The messages of which nobody knows whether the target has them, over all operations, by the
   * moment when that should have been known; of the stores of the current operator. Those that came
   * to an end meanwhile are left out: a page may have fewer than asked for. Nothing is written by
   * looking.
   *
   * @param newestFirst else those that have waited longest are first
   * @param size 1 to 1,000
   * @param after {@link Page#next} of the part before in the same order, or null for the first
   * @throws IllegalArgumentException if {@code after} is not where a part begins
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Page<RecoveryItem> unconfirmed(
      UnconfirmedFilter filter, boolean newestFirst, int size, @Nullable String after) {
    return shown.of(
        records
            .items()
            .find(
                items.own(filter.conditions()).sorted("deadline", newestFirst).page(size, after)));
  }

  /** Whether a part of a list of messages may begin there: an address may say anything. */
  public static boolean isAPart(String after) {
    try {
      Cursor.read(after, 2);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** The newest operations with their counts, newest first; at most {@code size} (1 to 1,000). */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public List<OperationProgress> newest(int size) {
    return newest(OperationFilter.ALL, size).items();
  }

  /** The newest of those that match, and how many match. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Page<OperationProgress> newest(OperationFilter filter, int size) {
    Page<Versioned<RecoveryOperation>> page =
        records
            .operations()
            .find(filter.conditions().sorted("requested_at", true).page(size, null));
    return new Page<>(
        page.items().stream().map(found -> progress(found.value())).toList(),
        page.total(),
        page.next());
  }

  /**
   * The operations over the messages of an exception with their counts, newest first.
   *
   * @param fingerprints the exception and what was merged into it
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public List<OperationProgress> ofException(Set<String> fingerprints, int size) {
    return records
        .operations()
        .find(
            DocumentQuery.ALL
                .and(new DocumentQuery.Condition.AnyOf("scope.fingerprint", fingerprints))
                .sorted("requested_at", true)
                .page(size, null))
        .items()
        .stream()
        .map(found -> progress(found.value()))
        .toList();
  }

  /** The operation with this id. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<OperationProgress> find(String id) {
    return records.operations().get(id).map(found -> progress(found.value()));
  }

  /**
   * The items of an operation, ordered by message; those of stores that are not the current
   * operator's are left out.
   *
   * @param states only these; empty for all
   * @param size 1 to 1,000
   * @param after {@link Page#next} of the part before, or null for the first
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Page<RecoveryItem> items(
      String operationId, Set<ItemState> states, int size, @Nullable String after) {
    return values(records.items().find(items.of(operationId, states).page(size, after)));
  }

  /** The same page by page, forwards and backwards. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public ItemPage page(String operationId, Set<ItemState> states, int size, ItemPlace place) {
    return items.page(operationId, states, size, place);
  }

  /**
   * What an operation changes in payloads, ordered by message: also for those who may not see
   * payloads, but decide whether these changes go out. Messages of stores that are not the current
   * operator's are left out, so that a page may have fewer than asked for.
   *
   * @param size 1 to 1,000
   * @param after {@link Page#next} of the part before, or null for the first
   */
  @PreAuthorize(
      "hasAnyRole('" + Permission.Name.VIEW_PAYLOAD + "', '" + Permission.Name.APPROVE + "')")
  public Page<Differences> differences(String operationId, int size, @Nullable String after) {
    Page<Versioned<RecoveryContent>> page =
        records
            .contents()
            .find(
                DocumentQuery.ALL
                    .where("operation_id", operationId)
                    .sorted("message_id", false)
                    .page(size, after));
    return new Page<>(
        page.items().stream()
            .map(Versioned::value)
            .filter(this::isOwn)
            .map(c -> new Differences(c.messageId(), c.attempt(), c.changes()))
            .toList(),
        page.total(),
        page.next());
  }

  /** Why the current operator may not see what an edit changes; empty if they may. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> differencesRefusal() {
    return currentOperator.may(Permission.APPROVE)
        ? Optional.empty()
        : currentOperator.refusal(Permission.VIEW_PAYLOAD);
  }

  /**
   * The field that an edit sets, for who may see what it changes in messages of their stores; null
   * for others, and where there is none.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public @Nullable FieldRule ruleOf(RecoveryOperation operation) {
    return operation.rule() != null && differencesRefusal().isEmpty() && items.any(operation)
        ? operation.rule()
        : null;
  }

  /**
   * The corrected contents of a message by any operation, each with its attempt, in their order.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW_PAYLOAD + "')")
  public List<RecoveryContent> contentsOf(MessageId message) {
    return records
        .contents()
        .find(DocumentQuery.ALL.where("message_id", message.value()))
        .items()
        .stream()
        .map(Versioned::value)
        .filter(this::isOwn)
        .sorted(Comparator.comparingInt(RecoveryContent::attempt))
        .toList();
  }

  /** The corrected content that an operation has for a message, as it is now. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW_PAYLOAD + "')")
  public Optional<RecoveryContent> contentOf(String operationId, MessageId message) {
    return records
        .contents()
        .get(RecoveryItem.id(operationId, message.value()))
        .map(Versioned::value)
        .filter(this::isOwn);
  }

  /** What operations did for a message, latest first; seen within a second. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public List<RecoveryItem> of(MessageId message) {
    return records
        .items()
        .find(DocumentQuery.ALL.where("message_id", message.value()).sorted("planned_at", true))
        .items()
        .stream()
        .map(Versioned::value)
        .toList();
  }

  /** What an operation did for a message, as it is now. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<RecoveryItem> item(String operationId, MessageId message) {
    return records.items().get(RecoveryItem.id(operationId, message.value())).map(Versioned::value);
  }

  /** Whether it is the payload of a message of one of the current operator's stores. */
  private boolean isOwn(RecoveryContent content) {
    StoreScope stores = currentOperator.stores();
    return !stores.isBound()
        || records
            .item(RecoveryItem.id(content.operationId(), content.messageId()))
            .filter(item -> stores.has(item.storeId()))
            .isPresent();
  }

  private static Page<RecoveryItem> values(Page<Versioned<RecoveryItem>> page) {
    return new Page<>(
        page.items().stream().map(Versioned::value).toList(), page.total(), page.next());
  }

  private OperationProgress progress(RecoveryOperation operation) {
    Map<ItemState, Long> counts = new EnumMap<>(ItemState.class);
    records
        .items()
        .countBy("state", DocumentQuery.ALL.where("operation_id", operation.id()))
        .forEach((state, count) -> counts.put(ItemState.valueOf(state), count));
    return new OperationProgress(operation, counts);
  }
}
