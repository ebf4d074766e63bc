package io.tillpost.console.recovery.edit;

import io.tillpost.console.recovery.Contents;
import io.tillpost.console.recovery.EarlierCorrections;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.earlier.SkipReasons;
import io.tillpost.message.Message;
import io.tillpost.message.Payload;
import io.tillpost.recovery.RecoveryContent;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Documents.Versioned;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is sent of the rest of an edit: of each message the text that was corrected then, whether it
 * went out or not, unless something newer is known of its payload; of those, and of messages that
 * were left out without a correction, what the rule of that edit makes of them now. What the one
 * who asks may not edit is left out, whoever corrected it, and so is what breaks the schema by now.
 */
final class SameCorrections implements Contents {
  private static final String NEWER =
      "Its payload was corrected or recorded again since; correct it by itself";
  private static final String NONE = "That operation has no correction of it; correct it by itself";

  private final RecoveryRecords records;
  private final EarlierCorrections earlier;
  private final String operationId;
  private final @Nullable Contents rule;
  private final EditLocks locks;
  private final EditOriginals originals;

  /**
   * @param operationId of the edit
   * @param rule what it makes of payloads; null where it was the correction of one message
   * @param locks of the one who asks
   */
  SameCorrections(
      RecoveryRecords records,
      EarlierCorrections earlier,
      String operationId,
      @Nullable Contents rule,
      EditLocks locks,
      EditOriginals originals) {
    this.records = records;
    this.earlier = earlier;
    this.operationId = operationId;
    this.rule = rule;
    this.locks = locks;
    this.originals = originals;
  }

  @Override
  public Contents of(Collection<Message> list) {
    Map<String, Versioned<RecoveryContent>> corrected =
        records
            .contents()
            .getAll(list.stream().map(this::item).collect(Collectors.toUnmodifiableSet()));
    Map<String, RecoveryContent> latest = earlier.latest(list);
    Contents anew = rule == null ? null : rule.of(list);
    EditOriginals.InList recorded = originals.recorded(list);
    return message -> {
      RecoveryContent content =
          Optional.ofNullable(corrected.get(item(message))).map(Versioned::value).orElse(null);
      if (content != null && isNewest(content, latest.get(content.messageId()))) {
        return again(content, message, recorded.of(message));
      }
      return anew != null ? anew.of(message) : new Answer.Left(content == null ? NONE : NEWER);
    };
  }

  @Override
  public Answer of(Message message) {
    return of(List.of(message)).of(message);
  }

  /**
   * Whether nothing is known of the payload that is newer.
   *
   * @param sent the last correction of the message that went out; null for none
   */
  private boolean isNewest(RecoveryContent content, @Nullable RecoveryContent sent) {
    boolean itself = sent != null && sent.operationId().equals(operationId);
    if (!itself && sent != null && sent.attempt() >= content.attempt()) {
      return false;
    }
    // Its own attempt may have been made by somebody else, where this one did not go out.
    return !earlier.recordedFrom(
        content.messageId(), itself ? content.attempt() + 1 : content.attempt());
  }

  private Answer again(RecoveryContent content, Message message, Optional<Payload> recorded) {
    return content.changes().stream()
        .flatMap(change -> locks.objection(change.path()).stream())
        .findFirst()
        .or(() -> schemaObjection(content, message, recorded))
        .<Answer>map(Answer.Left::new)
        .orElseGet(
            () -> new Answer.Corrected(content.contentType(), content.body(), content.changes()));
  }

  /** The schema may be another one than it was checked against then. */
  private Optional<String> schemaObjection(
      RecoveryContent content, Message message, Optional<Payload> recorded) {
    SchemaRules schema = originals.schema(message, content.contentType());
    SchemaRules.Found found =
        recorded
            .map(original -> schema.compare(original.body(), content.body()))
            .orElseGet(() -> schema.broken(content.body()));
    return switch (found) {
      case SchemaRules.Found.NotChecked(var why) -> Optional.of(SkipReasons.notChecked(why));
      case SchemaRules.Found.Compared(var faults, _) when faults.isEmpty() -> Optional.empty();
      case SchemaRules.Found.Compared(var faults, _) ->
          schema.name().map(name -> SkipReasons.breaking(name, Correction.words(faults)));
    };
  }

  private String item(Message message) {
    return RecoveryItem.id(operationId, message.id().value());
  }
}
