package io.tillpost.store.elasticsearch;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Requests and answers as trees of JSON. */
final class Json {
  /** Reads answers. */
  static final JsonMapper MAPPER = new JsonMapper();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /**
   * An object with these members.
   *
   * @param more further names and values, in turn
   */
  static ObjectNode object(String name, Object value, Object... more) {
    ObjectNode object = NODES.objectNode();
    object.set(name, node(value));
    for (int i = 0; i < more.length; i += 2) {
      object.set((String) more[i], node(more[i + 1]));
    }
    return object;
  }

  /** An array of these values. */
  static ArrayNode array(Object... values) {
    ArrayNode array = NODES.arrayNode();
    for (Object value : values) {
      array.add(node(value));
    }
    return array;
  }

  /** The text, or null where the member is missing. */
  static @Nullable String text(JsonNode object, String member) {
    JsonNode value = object.path(member);
    return value.isMissingNode() || value.isNull() ? null : value.asString();
  }

  private static JsonNode node(Object value) {
    return switch (value) {
      case JsonNode node -> node;
      case String text -> NODES.stringNode(text);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Boolean flag -> NODES.booleanNode(flag);
      case Collection<?> values -> array(values.toArray());
      default -> throw new IllegalArgumentException("No JSON for a " + value.getClass());
    };
  }
}
