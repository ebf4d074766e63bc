package io.tillpost.console.recovery.edit;

import io.tillpost.message.MessageId;
import io.tillpost.message.Payload;
import io.tillpost.store.Messages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The recorded payloads of a list, many at once, read when the first of them is asked for. Payloads
 * are large, so only those of one page are held: whoever asks in the order of the list has each
 * read once. For one thread.
 */
final class ListPayloads {
  /** So many are read with one request, and held: 256 KiB each at most. */
  static final int PAGE = 50;

  private final Messages messages;
  private final List<MessageId> list;
  private final Map<MessageId, Integer> places = new HashMap<>();
  private Map<MessageId, Payload> page = Map.of();
  private int from;
  private int to;

  ListPayloads(Messages messages, List<MessageId> list) {
    this.messages = messages;
    this.list = list;
    for (int i = 0; i < list.size(); i++) {
      places.put(list.get(i), i);
    }
  }

  /** The payload that counts of a message of the list; empty where it has none. */
  Optional<Payload> of(MessageId id) {
    int place = places.getOrDefault(id, -1);
    if (place < 0) {
      throw new IllegalArgumentException("Not on the list: " + id);
    }
    if (place < from || place >= to) {
      from = place;
      to = Math.min(list.size(), place + PAGE);
      // Let go of before the next ones are there.
      page = Map.of();
      page = messages.latestPayloads(list.subList(from, to));
    }
    return Optional.ofNullable(page.get(id));
  }
}
