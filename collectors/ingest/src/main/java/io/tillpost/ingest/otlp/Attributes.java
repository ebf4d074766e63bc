package io.tillpost.ingest.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.tillpost.ingest.masking.CardNumbers;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Attribute values as text: arrays and maps as JSON, bytes as Base64. */
final class Attributes {
  private static final int MAX_COUNT = 256;
  static final int MAX_NAME = 256;
  static final int MAX_VALUE = 16_384;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Attributes() {}

  /**
   * Card numbers masked, long names and values cut; of two with one name the last one counts.
   * Beyond some hundreds of names no more are kept.
   */
  static Map<String, String> masked(List<KeyValue> attributes) {
    Map<String, String> texts =
        LinkedHashMap.newLinkedHashMap(Math.min(attributes.size(), MAX_COUNT));
    for (KeyValue attribute : attributes) {
      // Masked before it is cut: of half a card's number nobody knows what it is.
      String name = cut(CardNumbers.mask(attribute.getKey()), MAX_NAME).replace('\0', ' ');
      if (!name.isEmpty() && (texts.size() < MAX_COUNT || texts.containsKey(name))) {
        texts.put(name, masked(name, text(attribute.getValue())));
      }
    }
    return texts;
  }

  private static String masked(String name, String value) {
    // Ids that tie spans to messages stay as they are: changed, they would tie to nothing.
    String masked =
        name.equals("messaging.message.id") || name.equals("messaging.message.conversation_id")
            ? value
            : CardNumbers.mask(value);
    return cut(masked, MAX_VALUE);
  }

  static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
    return text.substring(0, end) + "…";
  }

  /** The value as text; empty where it has none. */
  static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE ->
          isLongWhole(value.getDoubleValue())
              ? Long.toString((long) value.getDoubleValue())
              : Double.toString(value.getDoubleValue());
      case BYTES_VALUE -> base64(value);
      case ARRAY_VALUE -> MAPPER.writeValueAsString(array(value.getArrayValue().getValuesList()));
      case KVLIST_VALUE ->
          MAPPER.writeValueAsString(object(value.getKvlistValue().getValuesList()));
      default -> "";
    };
  }

  private static void addDouble(ArrayNode array, double value) {
    if (isLongWhole(value)) {
      array.add((long) value);
    } else {
      array.add(value);
    }
  }

  /** Large whole numbers, which JavaScript has as doubles; 4.111E15 would hide a card number. */
  private static boolean isLongWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) >= 1e12 && Math.abs(value) < 1L << 62;
  }

  /** Base64 of the bytes, card numbers in them masked: they could not be seen later. */
  private static String base64(AnyValue value) {
    return Base64.getEncoder()
        .encodeToString(CardNumbers.mask(value.getBytesValue().toByteArray()));
  }

  private static ArrayNode array(List<AnyValue> values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (AnyValue value : values) {
      switch (value.getValueCase()) {
        case STRING_VALUE -> array.add(value.getStringValue());
        case BOOL_VALUE -> array.add(value.getBoolValue());
        case INT_VALUE -> array.add(value.getIntValue());
        case DOUBLE_VALUE -> addDouble(array, value.getDoubleValue());
        case BYTES_VALUE -> array.add(base64(value));
        case ARRAY_VALUE -> array.add(array(value.getArrayValue().getValuesList()));
        case KVLIST_VALUE -> array.add(object(value.getKvlistValue().getValuesList()));
        default -> array.addNull();
      }
    }
    return array;
  }

  private static ObjectNode object(List<KeyValue> members) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (KeyValue member : members) {
      object.set(member.getKey(), array(List.of(member.getValue())).get(0));
    }
    return object;
  }
}
