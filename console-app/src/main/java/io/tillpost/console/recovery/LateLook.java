package io.tillpost.console.recovery;

import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.StoredMessage;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the messages of many unconfirmed items at once, and writes what became of them. */
final class LateLook {
  /** So many messages are read with one request. */
  static final int MOST = 1_000;

  private final RecoveryRecords records;
  private final Messages messages;
  private final Clock clock;

  LateLook(RecoveryRecords records, Messages messages, Clock clock) {
    this.records = records;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * Looks once at each; returns them as they are then, in the same order.
   *
   * @param items at most {@link #MOST}
   */
  List<Versioned<RecoveryItem>> at(List<Versioned<RecoveryItem>> items) {
    if (items.isEmpty()) {
      return items;
    }
    Map<MessageId, Instant> ids = new HashMap<>();
    items.forEach(
        item ->
            ids.put(new MessageId(item.value().messageId()), item.value().message().capturedAt()));
    Map<MessageId, StoredMessage> found = messages.findAll(ids);
    return items.stream().map(item -> written(item, found)).toList();
  }

  private Versioned<RecoveryItem> written(
      Versioned<RecoveryItem> item, Map<MessageId, StoredMessage> found) {
    Optional<Message> message =
        Optional.ofNullable(found.get(new MessageId(item.value().messageId())))
            .map(StoredMessage::message);
    return message
        .flatMap(stored -> Following.outcome(stored, item.value()))
        .map(event -> records.apply(item, event, clock.instant()))
        .orElse(item);
  }
}
