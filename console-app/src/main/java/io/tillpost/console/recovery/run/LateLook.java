package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.Following;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemEvent;
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

/** Looks at the messages of many unconfirmed items at once, for what became of them. */
public final class LateLook {
  /** So many messages are read with one request. */
  static final int MOST = 1_000;

  private final RecoveryRecords records;
  private final Messages messages;
  private final Clock clock;

  public LateLook(RecoveryRecords records, Messages messages, Clock clock) {
    this.records = records;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * Looks once at each; returns them as they are then, in the same order.
   *
   * @param items at most {@link #MOST}
   */
  public List<Versioned<RecoveryItem>> at(List<Versioned<RecoveryItem>> items) {
    Map<String, ItemEvent> outcomes = outcomes(items);
    return items.stream()
        .map(
            item ->
                Optional.ofNullable(outcomes.get(item.id()))
                    .map(event -> records.apply(item, event, clock.instant()))
                    .orElse(item))
        .toList();
  }

  /**
   * What became of those of which it is known meanwhile, by their document ids; writes nothing.
   *
   * @param items at most {@link #MOST}
   */
  public Map<String, ItemEvent> outcomes(List<Versioned<RecoveryItem>> items) {
    if (items.isEmpty()) {
      return Map.of();
    }
    Map<MessageId, Instant> ids = new HashMap<>();
    items.forEach(
        item ->
            ids.put(new MessageId(item.value().messageId()), item.value().message().capturedAt()));
    Map<MessageId, StoredMessage> found = messages.findAll(ids);
    Map<String, ItemEvent> outcomes = new HashMap<>();
    for (Versioned<RecoveryItem> item : items) {
      StoredMessage stored = found.get(new MessageId(item.value().messageId()));
      if (stored != null) {
        Following.outcome(stored.message(), item.value())
            .ifPresent(event -> outcomes.put(item.id(), event));
      }
    }
    return outcomes;
  }
}
