package io.tillpost.store.elasticsearch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The few values by which the impact page adds up, as JSON arrays; each is made once and then
 * known. Safe for several threads.
 */
final class Slices {
  /** More than this come only of odd data; then all are forgotten. */
  private static final int MOST = 20_000;

  private final Map<Object, String> texts = new ConcurrentHashMap<>();

  /**
   * What the impact page adds up by, as one value, because one field with few values is counted
   * much faster than five.
   *
   * @param reached the middleware has it
   * @param currency empty where there is no money
   */
  record Slice(
      String workflow, @Nullable String store, boolean failed, boolean reached, String currency) {}

  private record OfOutcome(String outcome, String workflow) {}

  String text(Slice slice) {
    return known(
        slice,
        () ->
            Json.array(
                    slice.workflow(),
                    slice.store() == null ? List.of() : slice.store(),
                    slice.failed(),
                    slice.reached(),
                    slice.currency())
                .toString());
  }

  /** How messages of a workflow came out. */
  String outcome(String outcome, String workflow) {
    return known(new OfOutcome(outcome, workflow), () -> Json.array(outcome, workflow).toString());
  }

  private String known(Object key, Supplier<String> make) {
    String text = texts.get(key);
    if (text == null) {
      if (texts.size() >= MOST) {
        texts.clear();
      }
      text = make.get();
      texts.put(key, text);
    }
    return text;
  }
}
