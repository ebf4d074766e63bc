package io.tillpost.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Where the next part of a list begins ({@link Page#next}): the sort values of the last item. */
public final class Cursor {
  private static final JsonMapper JSON = new JsonMapper();

  private Cursor() {}

  /** An opaque text, safe in a URL. */
  public static String of(JsonNode sortValues) {
    byte[] json = sortValues.toString().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  /** The cursor after an item with these sort values: texts, whole numbers or null. */
  public static String of(List<? extends @Nullable Object> sortValues) {
    return of(JSON.<JsonNode>valueToTree(sortValues));
  }

  /**
   * The sort values in the cursor.
   *
   * @param size how many there must be
   * @throws IllegalArgumentException if this is not a cursor that a list gave
   */
  public static ArrayNode read(String cursor, int size) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(cursor);
      if (JSON.readTree(json) instanceof ArrayNode values && values.size() == size) {
        return values;
      }
    } catch (IllegalArgumentException | JacksonException e) {
      throw unreadable(e);
    }
    throw unreadable(null);
  }

  /** The sort values as Java objects: {@link String}, {@link Long} or null. */
  public static List<@Nullable Object> values(String cursor, int size) {
    List<@Nullable Object> values = new ArrayList<>();
    for (JsonNode value : read(cursor, size)) {
      values.add(
          value.isNull() ? null : value.isIntegralNumber() ? value.longValue() : value.asString());
    }
    return values;
  }

  private static IllegalArgumentException unreadable(@Nullable Exception cause) {
    return new IllegalArgumentException(
        "This is not where a part of this list begins; start from the first part", cause);
  }
}
