package io.tillpost.console.recovery;

import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Looks at the message of an item and writes what became of the attempt. */
final class ItemFollower {
  private final RecoveryRecords records;
  private final Messages messages;
  private final Clock clock;

  ItemFollower(RecoveryRecords records, Messages messages, Clock clock) {
    this.records = records;
    this.messages = messages;
    this.clock = clock;
  }

  /** Looks once; returns the item as it is then. */
  Versioned<RecoveryItem> look(Versioned<RecoveryItem> known) {
    RecoveryItem item = known.value();
    Instant now = clock.instant();
    Optional<ItemEvent> event =
        messages
            .find(new MessageId(item.messageId()))
            .flatMap(stored -> Following.outcome(stored.message(), item));
    if (event.isPresent()) {
      return records.apply(known, event.get(), now);
    }
    Instant deadline = item.deadline();
    return deadline != null && now.isAfter(deadline)
        ? records.apply(known, new ItemEvent.DeadlinePassed(), now)
        : known;
  }
}
