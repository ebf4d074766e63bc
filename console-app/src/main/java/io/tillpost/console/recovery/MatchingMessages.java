package io.tillpost.console.recovery;

import io.tillpost.message.Message;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.StoredMessage;
import io.tillpost.store.Page;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the messages that match a query, as many as one operation takes. */
final class MatchingMessages {
  /** The longest list that one operation takes. */
  static final int MOST = 10_000;

  private static final int PAGE = 1_000;

  private final Messages messages;

  MatchingMessages(Messages messages) {
    this.messages = messages;
  }

  /** All of them, up to 10,000, in the order of the query. */
  Found of(MessageQuery query) {
    Map<String, Message> found = new LinkedHashMap<>();
    String after = null;
    long total = 0;
    do {
      Page<StoredMessage> page = messages.search(query.page(PAGE, after));
      total = Math.max(total, page.total());
      for (StoredMessage stored : page.items()) {
        if (found.size() < MOST) {
          found.put(stored.message().id().value(), stored.message());
        }
      }
      after = page.next();
    } while (after != null && found.size() < MOST);
    return new Found(found, Math.max(total, found.size()));
  }

  /**
   * What was found.
   *
   * @param messages by id, the oldest first
   * @param total how many there are in all, at least
   */
  record Found(Map<String, Message> messages, long total) {
    /** Like {@code All 12 failed messages of the exception}. */
    String words(String what) {
      int size = messages.size();
      return size == total || size < MOST
          ? "All %,d %s".formatted(size, what)
          : "The oldest %,d %s".formatted(size, what);
    }
  }
}
