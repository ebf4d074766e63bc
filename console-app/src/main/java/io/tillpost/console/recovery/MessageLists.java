package io.tillpost.console.recovery;

import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.store.Messages;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads messages by their ids, several at a time. */
final class MessageLists {
  private final Messages messages;

  MessageLists(Messages messages) {
    this.messages = messages;
  }

  /** Those that are stored, by id, the oldest first. */
  Map<String, Message> of(Collection<String> ids) {
    return oldestFirst(ids.parallelStream().flatMap(id -> find(id).stream()).toList());
  }

  /** These by id, each once, the oldest first. */
  static Map<String, Message> oldestFirst(Collection<Message> found) {
    Map<String, Message> sorted = new LinkedHashMap<>();
    found.stream()
        .sorted(
            Comparator.comparing(Message::capturedAt)
                .thenComparing(message -> message.id().value()))
        .forEach(message -> sorted.put(message.id().value(), message));
    return sorted;
  }

  private Optional<Message> find(String id) {
    return messages.find(new MessageId(id)).map(Messages.StoredMessage::message);
  }
}
