package io.tillpost.console.recovery;

import io.tillpost.message.MessageId;
import io.tillpost.message.Payload;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryContent;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.PayloadVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a request names as content: corrected, recorded, or none. */
final class SentContents {
  private final RecoveryRecords records;
  private final Messages messages;

  SentContents(RecoveryRecords records, Messages messages) {
    this.records = records;
    this.messages = messages;
  }

  /** What is found. */
  sealed interface Found {
    /**
     * This goes out.
     *
     * @param payload null where the middleware processes what it has
     */
    record Content(@Nullable Payload payload) implements Found {}

    /** What is stored is not what was previewed. */
    record Another() implements Found {}
  }

  /** The content of the request for this item. */
  Found of(RecoveryItem item) {
    String hash = item.contentHash();
    if (hash != null) {
      return records
          .contents()
          .get(RecoveryItem.id(item.operationId(), item.messageId()))
          .map(Versioned::value)
          .filter(content -> content.hash().equals(hash))
          .<Found>map(content -> new Found.Content(payload(content)))
          .orElseGet(Found.Another::new);
    }
    return new Found.Content(
        item.action() == RecoveryAction.REPLAY ? recorded(item.messageId()) : null);
  }

  private static Payload payload(RecoveryContent content) {
    return new Payload(content.contentType(), content.body(), false);
  }

  /** The last one that was recorded; null where there is none, or none that is text. */
  private @Nullable Payload recorded(String messageId) {
    List<PayloadVersion> versions = messages.payloads(new MessageId(messageId));
    return versions.isEmpty() || versions.getLast().payload().base64()
        ? null
        : versions.getLast().payload();
  }
}
