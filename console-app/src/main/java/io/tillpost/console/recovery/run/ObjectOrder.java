package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.UnderWay;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryTurn;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps the messages about one business object in their order over all operations, never those of a
 * till or a store. A search finds earlier ones that have still to go, up to a second late; that two
 * are never on their way at once is decided by a document ({@link RecoveryTurn}).
 */
final class ObjectOrder {
  /** For how many timeouts of the channel a turn holds although nothing has gone out. */
  private static final int HOLD = 2;

  private static final int MOST_OF_ONE_OBJECT = 1_000;
  private static final Comparator<RecoveryItem> ORDER =
      Comparator.comparing((RecoveryItem item) -> item.message().capturedAt())
          .thenComparing(RecoveryItem::messageId);

  private final RecoveryRecords records;
  private final Clock clock;

  ObjectOrder(RecoveryRecords records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  /** The ids of the other operations that are under way, paused ones too. */
  Set<String> others(String operationId) {
    return records.active().stream()
        .map(Versioned::id)
        .filter(id -> !id.equals(operationId))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * What keeps the item back because of other operations: that it waits, or that it is left out
   * because what it waited for did not get through. Empty if nothing does.
   *
   * @param others the operations that are under way
   */
  Optional<ItemEvent> objection(RecoveryItem item, Set<String> others) {
    String object = item.message().objectKey();
    if (object == null) {
      return Optional.empty();
    }
    Optional<RecoveryItem> before =
        others.isEmpty() ? Optional.empty() : before(item, object, others);
    return before
        .<ItemEvent>map(other -> waits(other))
        .or(() -> inVain(item).map(ItemEvent.Skipped::new));
  }

  /** That an operation that is under way has still to do something for this earlier message. */
  Optional<ItemEvent> underWay(String messageId) {
    return Optional.ofNullable(UnderWay.of(records, List.of(messageId)).get(messageId))
        .map(this::waits);
  }

  /**
   * Takes the turn for an item that is about to go out.
   *
   * @param timeout of the channel
   * @return empty where it has the turn now, else that it waits
   */
  Optional<ItemEvent> take(RecoveryItem item, Duration timeout) {
    String object = item.message().objectKey();
    if (object == null) {
      return Optional.empty();
    }
    String id = RecoveryTurn.id(object);
    while (true) {
      Instant now = clock.instant();
      RecoveryTurn mine =
          new RecoveryTurn(
              object, item.operationId(), item.messageId(), now.plus(timeout.multipliedBy(HOLD)));
      Optional<Versioned<RecoveryTurn>> known = records.turns().get(id);
      if (known.isEmpty()) {
        if (records.turns().create(id, mine)) {
          return Optional.empty();
        }
        continue;
      }
      Optional<RecoveryItem> other = records.item(known.get().value().itemId());
      if (other.isPresent() && keeps(other.get(), known.get().value(), item, now)) {
        return Optional.of(waits(other.get()));
      }
      if (records.turns().replace(known.get(), mine)) {
        return Optional.empty();
      }
    }
  }

  /** Whether the item that has the turn may be on its way. */
  private static boolean keeps(
      RecoveryItem other, RecoveryTurn turn, RecoveryItem item, Instant now) {
    boolean itself = other.messageId().equals(item.messageId());
    boolean begun = other.state() != ItemState.PLANNED || now.isBefore(turn.until());
    return !itself && other.state().open() && begun;
  }

  private Optional<RecoveryItem> before(RecoveryItem item, String object, Set<String> others) {
    DocumentQuery open =
        DocumentQuery.ALL
            .where("message.object_key", object)
            .and(new Condition.AnyOf("state", ItemState.openNames()))
            .and(new Condition.AnyOf("operation_id", others))
            .page(MOST_OF_ONE_OBJECT, null);
    return records.items().find(open).items().stream()
        .map(Versioned::value)
        .filter(other -> !other.messageId().equals(item.messageId()))
        .filter(other -> ORDER.compare(other, item) < 0 || other.state() != ItemState.PLANNED)
        .min(ORDER);
  }

  /** Why the item is left out: the earlier one that it waited for has not got through. */
  private Optional<String> inVain(RecoveryItem item) {
    return Optional.ofNullable(item.waitsFor())
        .flatMap(records::item)
        .filter(other -> RunHealth.failed(other.state()) && ORDER.compare(other, item) < 0)
        .map(other -> OpenItem.notThrough(other.messageId()));
  }

  private ItemEvent waits(RecoveryItem other) {
    String who =
        records
            .operations()
            .get(other.operationId())
            .map(operation -> operation.value().requestedBy())
            .orElse("somebody");
    return new ItemEvent.Waits(
        RecoveryItem.id(other.operationId(), other.messageId()),
        "Waits for message %s about the same business object, in an operation of %s"
            .formatted(other.messageId(), who));
  }
}
