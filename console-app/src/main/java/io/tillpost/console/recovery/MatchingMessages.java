package io.tillpost.console.recovery;

import io.tillpost.message.Message;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.StoredMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the messages that match a query, as many as one operation takes. */
final class MatchingMessages {
  /** The longest list that one operation takes. */
  static final int MOST = 10_000;

  private static final int PAGE = 1_000;

  private final Messages messages;
  private final int most;

  MatchingMessages(Messages messages) {
    this(messages, MOST);
  }

  /**
   * @param most how many are taken
   */
  MatchingMessages(Messages messages, int most) {
    this.messages = messages;
    this.most = most;
  }

  /** All of them, up to as many as are taken, in the order of the query. */
  Found of(MessageQuery query) {
    Map<String, Message> found = new LinkedHashMap<>();
    messages.searchAll(
        query.page(PAGE, null),
        part -> {
          part.stream()
              .map(StoredMessage::message)
              .limit(most - found.size())
              .forEach(message -> found.put(message.id().value(), message));
          return found.size() < most;
        });
    long total = found.size() < most ? found.size() : messages.count(query);
    return new Found(found, Math.max(total, found.size()));
  }

  /**
   * What was found.
   *
   * @param messages by id, in the order of the query
   * @param total how many there are in all
   */
  record Found(Map<String, Message> messages, long total) {
    /** Like {@code All 12 failed messages of the exception}. */
    String words(String what) {
      return isAll()
          ? "All %,d %s".formatted(messages.size(), what)
          : "The oldest %,d of %,d %s".formatted(messages.size(), total, what);
    }

    /** Whether one operation takes all that there are. */
    boolean isAll() {
      return messages.size() == total;
    }
  }
}
