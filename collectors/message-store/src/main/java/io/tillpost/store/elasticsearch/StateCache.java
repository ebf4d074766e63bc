package io.tillpost.store.elasticsearch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states of open messages that this process wrote last, with the version each got; bounded, the
 * least recently used ones go first. It is a guess: another process may have written since. So it
 * may only serve as the base of a write that Elasticsearch refuses when the version has changed,
 * never to decide that nothing need be written. Safe for several threads.
 */
final class StateCache {
  private final int most;
  private final Map<States.Key, States.Stored> states;

  StateCache(int most) {
    this.most = most;
    this.states =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<States.Key, States.Stored> eldest) {
            return size() > StateCache.this.most;
          }
        };
  }

  /** The state as this process last wrote it, or null. */
  synchronized States.@Nullable Stored get(States.Key key) {
    return states.get(key);
  }

  synchronized void put(States.Key key, States.Stored stored) {
    states.put(key, stored);
  }

  synchronized void remove(States.Key key) {
    states.remove(key);
  }
}
