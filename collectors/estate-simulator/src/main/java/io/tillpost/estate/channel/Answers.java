package io.tillpost.estate.channel;

import io.tillpost.estate.state.EstateState.KeptAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The final answers by idempotency key; the oldest are forgotten. Not safe for several threads. */
public final class Answers {
  private static final int MOST = 50_000;

  private final Map<String, KeptAnswer> byKey = new LinkedHashMap<>();

  /** The answer that was given to a key, or null. */
  public @Nullable KeptAnswer of(String key) {
    return byKey.get(key);
  }

  /** Keeps an answer. */
  public void keep(String key, KeptAnswer answer) {
    byKey.put(key, answer);
    if (byKey.size() > MOST) {
      byKey.remove(byKey.keySet().iterator().next());
    }
  }

  /** All of them, oldest first. */
  public Map<String, KeptAnswer> all() {
    return new LinkedHashMap<>(byKey);
  }
}
