package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.text.CountText;
import io.tillpost.message.MessageId;
import io.tillpost.message.Payload;
import io.tillpost.recovery.FieldChange;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryContent;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.PayloadVersion;
import java.util.List;
import java.util.stream.Collectors;
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
     * @param changes what was corrected in it; empty for nothing
     */
    record Content(@Nullable Payload payload, List<FieldChange> changes) implements Found {
      private static final int MOST_NAMED = 10;

      Content(@Nullable Payload payload) {
        this(payload, List.of());
      }

      /** For the audit trail: names fields and the text by its hash, and no value of a payload. */
      String words(RecoveryItem item) {
        String attempt = "Attempt " + item.attempt();
        if (changes.isEmpty()) {
          return attempt;
        }
        return "%s with %s corrected%s, content %s"
            .formatted(
                attempt,
                changes.stream()
                    .limit(MOST_NAMED)
                    .map(FieldChange::path)
                    .collect(Collectors.joining(", ")),
                changes.size() > MOST_NAMED
                    ? " and " + CountText.of(changes.size() - MOST_NAMED, "more field")
                    : "",
                item.contentHash());
      }
    }

    /** What is stored is not what was previewed; a sentence. */
    record Another(String why) implements Found {}
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
          .<Found>map(content -> new Found.Content(payload(content), content.changes()))
          .orElseGet(() -> new Found.Another("The content is not the one that was previewed"));
    }
    return item.action() == RecoveryAction.REPLAY ? recorded(item) : new Found.Content(null);
  }

  private static Payload payload(RecoveryContent content) {
    return new Payload(content.contentType(), content.body(), false);
  }

  /**
   * The last one that was recorded when the list was frozen: what was recorded since was not
   * previewed, and nobody approved it. No text where it is none.
   */
  private Found recorded(RecoveryItem item) {
    return messages.payloads(new MessageId(item.messageId())).reversed().stream()
        .filter(version -> !version.time().isAfter(item.plannedAt()))
        .findFirst()
        .map(PayloadVersion::payload)
        .<Found>map(payload -> new Found.Content(payload.base64() ? null : payload))
        .orElseGet(() -> new Found.Another(RecordedContents.GONE));
  }
}
