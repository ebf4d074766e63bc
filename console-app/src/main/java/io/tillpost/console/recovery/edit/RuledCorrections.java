package io.tillpost.console.recovery.edit;

import io.tillpost.console.recovery.Contents;
import io.tillpost.message.Message;
import io.tillpost.message.Payload;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a rule makes of each message of a list. */
final class RuledCorrections implements Contents {
  private final EditRule rule;
  private final EditLocks locks;
  private final EditOriginals originals;

  /**
   * @param locks of the one who asks
   */
  RuledCorrections(EditRule rule, EditLocks locks, EditOriginals originals) {
    this.rule = rule;
    this.locks = locks;
    this.originals = originals;
  }

  @Override
  public Contents of(Collection<Message> list) {
    EditOriginals.InList payloads = originals.ofAll(list);
    return message -> {
      Optional<Payload> original = payloads.of(message);
      return rule.of(
          original,
          locks,
          original
              .map(payload -> originals.schema(message, payload.contentType()))
              .orElse(SchemaRules.NONE));
    };
  }

  @Override
  public Answer of(Message message) {
    return of(List.of(message)).of(message);
  }
}
