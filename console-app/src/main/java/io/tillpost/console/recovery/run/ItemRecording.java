package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.Claims;
import io.tillpost.console.recovery.EarlierClaims;
import io.tillpost.console.recovery.Eligibility;
import io.tillpost.console.recovery.ItemAudit;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.message.BusinessKey;
import io.tillpost.message.EventId;
import io.tillpost.message.Latest;
import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.ItemStep;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.Messages;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes down that a message was discarded, or that this was taken back, as a message event of
 * Tillpost's own. The event is the same however often it is written, so every step may be the last
 * one before a crash; see docs/recovery-design.md.
 */
final class ItemRecording {
  /** Who reports it, as in the source of every event. */
  static final String SOURCE = "/tillpost/recovery";

  private final RecoveryRecords records;
  private final Messages messages;
  private final IngestWriter writer;
  private final EarlierClaims earlierClaims;
  private final Claims claims;
  private final ItemAudit audit;
  private final Clock clock;

  ItemRecording(
      RecoveryRecords records,
      Messages messages,
      IngestWriter writer,
      ItemAudit audit,
      Clock clock) {
    this.records = records;
    this.messages = messages;
    this.writer = writer;
    this.earlierClaims = new EarlierClaims(records);
    this.claims = new Claims(records, clock);
    this.audit = audit;
    this.clock = clock;
  }

  /** Brings the item as far as it goes; returns it as it is then. */
  Versioned<RecoveryItem> record(RecoveryOperation operation, Versioned<RecoveryItem> known) {
    Optional<Message> found =
        messages
            .find(new MessageId(known.value().messageId()))
            .map(Messages.StoredMessage::message);
    Versioned<RecoveryItem> item = known;
    if (item.value().state() == ItemState.PLANNED) {
      item = begin(operation, item, found);
    }
    if (item.value().state() != ItemState.CLAIMED) {
      return item;
    }
    ItemEvent end =
        found
            .map(message -> write(operation, message))
            .orElseGet(() -> new ItemEvent.Rejected("The message is not stored any more"));
    return records.apply(item, end, clock.instant());
  }

  private Versioned<RecoveryItem> begin(
      RecoveryOperation operation, Versioned<RecoveryItem> known, Optional<Message> found) {
    Optional<String> objection =
        found
            .map(message -> notNow(operation, known.value(), message))
            .orElseGet(() -> Optional.of("The message is not stored any more"));
    if (objection.isPresent()) {
      return records.apply(known, new ItemEvent.Skipped(objection.get()), clock.instant());
    }
    audit.begins(
        operation,
        known.value(),
        found.orElseThrow(),
        operation.action() == RecoveryAction.DISCARD
            ? "Discarded"
            : "As it stood before it was discarded");
    return records.apply(known, new ItemEvent.RecordStarted(), clock.instant());
  }

  private Optional<String> notNow(RecoveryOperation operation, RecoveryItem item, Message message) {
    Optional<String> standing = Eligibility.objection(operation.action(), message);
    if (standing.isPresent()) {
      return standing;
    }
    int current = message.currentAttempt().number();
    if (operation.action() == RecoveryAction.RESTORE) {
      return current == item.attempt()
          ? Optional.empty()
          : Optional.of("Attempt %d was made since".formatted(current));
    }
    if (current >= item.attempt()) {
      return Optional.of("Attempt %d was made since".formatted(current));
    }
    boolean byItself = operation.scope().kind() == OperationScope.Kind.MESSAGE;
    // Who holds the next attempt holds it for ever, so nobody makes it while this is written.
    return earlierClaims
        .objection(operation.action(), message, item.attempt(), byItself)
        .or(() -> claims.take(operation, item));
  }

  private ItemEvent write(RecoveryOperation operation, Message message) {
    RecoveryItem item =
        records
            .items()
            .get(RecoveryItem.id(operation.id(), message.id().value()))
            .map(Versioned::value)
            .orElseThrow(() -> new IllegalStateException("Items are never removed"));
    IngestWriter.Result result =
        writer.write(new IngestWriter.Batch(List.of(event(operation, item, message)), List.of()));
    return switch (result) {
      case IngestWriter.Result.Unavailable unavailable ->
          throw new StoreUnavailableException(unavailable.reason(), null);
      case IngestWriter.Result.Written written when !written.refused().isEmpty() ->
          new ItemEvent.Rejected(written.refused().getFirst().reason());
      case IngestWriter.Result.Written _ ->
          operation.action() == RecoveryAction.DISCARD
              ? new ItemEvent.Discarded()
              : new ItemEvent.Restored();
    };
  }

  private static MessageEvent event(
      RecoveryOperation operation, RecoveryItem item, Message message) {
    boolean discard = operation.action() == RecoveryAction.DISCARD;
    int attempt = discard ? attemptBefore(message, item.attempt()) : item.attempt();
    return new MessageEvent(
        new EventId(SOURCE, item.operationId() + ":" + item.messageId()),
        message.id(),
        message.workflow(),
        discard ? Stage.DISCARDED : Stage.RESTORED,
        attempt,
        time(item, message, attempt, discard ? Stage.RESTORED : Stage.DISCARDED),
        message.capturedAt(),
        null,
        null,
        null,
        BusinessKey.NONE,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** The latest attempt known before the one that the discard holds. */
  private static int attemptBefore(Message message, int held) {
    return message.attempts().headMap(held).lastKey();
  }

  /** When it was begun, and after what it takes back, whatever the clocks of two consoles say. */
  private static Instant time(RecoveryItem item, Message message, int attempt, Stage opposite) {
    Instant begun =
        item.history().stream()
            .filter(step -> step.state() == ItemState.CLAIMED)
            .map(ItemStep::at)
            .findFirst()
            .orElse(item.plannedAt());
    return Optional.ofNullable(message.attempts().get(attempt))
        .map(known -> known.reached().get(opposite))
        .map(Latest::time)
        .filter(taken -> !begun.isAfter(taken))
        .map(taken -> taken.plusMillis(1))
        .orElse(begun);
  }
}
