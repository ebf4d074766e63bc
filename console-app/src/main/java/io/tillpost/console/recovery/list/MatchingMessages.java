package io.tillpost.console.recovery.list;

import io.tillpost.message.Message;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.StoredMessage;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Finds the messages that match a query, as many as one operation takes. */
final class MatchingMessages {
  private static final int PAGE = 1_000;

  private final Messages messages;
  private final int most;

  /**
   * @param most how many are taken
   */
  MatchingMessages(Messages messages, int most) {
    this.messages = messages;
    this.most = most;
  }

  /**
   * Puts them on the list in the order of the query, until as many are on it as are taken.
   *
   * @param reading says which of them are meant, and whether it goes on
   * @return how many there are in all
   */
  long addTo(ChosenList.Collector list, MessageQuery query, ListReading reading) {
    int before = list.size();
    AtomicBoolean full = new AtomicBoolean();
    messages.searchAll(
        query.page(PAGE, null),
        part -> {
          List<Message> meant =
              part.stream().map(StoredMessage::message).filter(reading::means).toList();
          int room = most - list.size();
          meant.stream().limit(room).forEach(list::add);
          full.set(meant.size() > room);
          return !full.get() && reading.goesOn(list.size());
        });
    int added = list.size() - before;
    return full.get() ? Math.max(added, messages.count(query)) : added;
  }

  /**
   * Like {@code All 12 failed messages of the exception}, or which of them where one operation does
   * not take all.
   */
  static String words(int taken, long total, String what) {
    if (total == 1 && taken == 1) {
      return "The one "
          + what.replace(" messages", " message").replaceFirst("^messages", "message");
    }
    return taken == total
        ? "All %,d %s".formatted(taken, what)
        : "The oldest %,d of %,d %s".formatted(taken, total, what);
  }
}
