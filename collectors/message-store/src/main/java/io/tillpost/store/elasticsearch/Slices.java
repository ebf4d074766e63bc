package io.tillpost.store.elasticsearch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The few values by which the impact page adds up, as JSON arrays; each is made or read once and
 * then known. Safe for several threads.
 */
final class Slices {
  /** More than this come only of odd data; then all are forgotten. */
  private static final int MOST = 20_000;

  private final Map<Object, String> texts = new ConcurrentHashMap<>();
  private final Map<String, Slice> read = new ConcurrentHashMap<>();

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

  /** The slice of a text that {@link #text} made. */
  Slice read(String text) {
    Slice slice = read.get(text);
    if (slice == null) {
      if (read.size() >= MOST) {
        read.clear();
      }
      JsonNode array = Json.MAPPER.readTree(text);
      slice =
          new Slice(
              array.path(0).asString(),
              array.path(1).isArray() ? null : array.path(1).asString(),
              array.path(2).asBoolean(),
              array.path(3).asBoolean(),
              array.path(4).asString());
      read.put(text, slice);
    }
    return slice;
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
