package io.tillpost.store.elasticsearch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states of messages that this process wrote last, with the version each got; bounded, the
 * least recently used ones go first. Of a message that has ended, what comes still comes at once,
 * so that few of these are kept, and apart, so that they put out none that is open. It is a guess:
 * another process may have written since. So it may only serve as the base of a write that
 * Elasticsearch refuses when the version has changed, never to decide that nothing need be written.
 * Safe for several threads.
 */
final class StateCache {
  private final Map<States.Key, States.Stored> open;
  private final Map<States.Key, States.Stored> ended;

  /**
   * Empty.
   *
   * @param mostOpen how many of open messages
   * @param mostEnded how many of others
   */
  StateCache(int mostOpen, int mostEnded) {
    this.open = bounded(mostOpen);
    this.ended = bounded(mostEnded);
  }

  private static Map<States.Key, States.Stored> bounded(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<States.Key, States.Stored> eldest) {
        return size() > most;
      }
    };
  }

  /** The state as this process last wrote it, or null. */
  synchronized States.@Nullable Stored get(States.Key key) {
    States.Stored stored = open.get(key);
    return stored == null ? ended.get(key) : stored;
  }

  synchronized void put(States.Key key, States.Stored stored) {
    remove(key);
    (stored.message().status().isOpen() ? open : ended).put(key, stored);
  }

  synchronized void remove(States.Key key) {
    open.remove(key);
    ended.remove(key);
  }
}
