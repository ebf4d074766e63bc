package io.tillpost.console.recovery;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Fields of JSON, like {@code lines[2].taxCode}. Numbers keep every digit. */
final class JsonFormat implements PayloadFormat {
  // A name that comes twice would show one value here and another one to the target.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final Pattern PLAIN_NAME = Pattern.compile("[^.\\[\\]\"/]+");

  @Override
  public Reading read(String body) {
    try {
      JsonNode root = JSON.readTree(body);
      if (root.isMissingNode()) {
        return new Reading.Broken("This is not JSON: it is empty");
      }
      SequencedMap<String, Value> values = new LinkedHashMap<>();
      collect("", root, values);
      return new Reading.Fields(values);
    } catch (JacksonException e) {
      return new Reading.Broken("This is not JSON" + place(e.getLocation()));
    }
  }

  @Override
  public Writing write(String body, Map<String, String> values) {
    Map<String, String> faults = new LinkedHashMap<>();
    JsonNode changed = replaced("", JSON.readTree(body), values, faults);
    return faults.isEmpty()
        ? new Writing.Text(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(changed))
        : new Writing.Misfits(faults);
  }

  private static void collect(String path, JsonNode node, SequencedMap<String, Value> into) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      object.properties().forEach(e -> collect(member(path, e.getKey()), e.getValue(), into));
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      for (int i = 0; i < array.size(); i++) {
        collect(path + "[" + i + "]", array.get(i), into);
      }
    } else {
      into.put(path, value(node));
    }
  }

  private static JsonNode replaced(
      String path, JsonNode node, Map<String, String> values, Map<String, String> faults) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      ObjectNode copy = JSON.createObjectNode();
      object
          .properties()
          .forEach(
              e ->
                  copy.set(
                      e.getKey(),
                      replaced(member(path, e.getKey()), e.getValue(), values, faults)));
      return copy;
    }
    if (node instanceof ArrayNode array && !array.isEmpty()) {
      ArrayNode copy = JSON.createArrayNode();
      for (int i = 0; i < array.size(); i++) {
        copy.add(replaced(path + "[" + i + "]", array.get(i), values, faults));
      }
      return copy;
    }
    String text = values.get(path);
    return text == null || text.equals(value(node).text())
        ? node
        : fitting(path, value(node).kind(), text, faults, node);
  }

  private static JsonNode fitting(
      String path, Kind kind, String text, Map<String, String> faults, JsonNode otherwise) {
    return switch (kind) {
      case TEXT, NOTHING -> JSON.getNodeFactory().stringNode(text);
      case NUMBER -> {
        try {
          yield JSON.getNodeFactory().numberNode(new BigDecimal(text.strip()));
        } catch (NumberFormatException _) {
          faults.put(path, "A number is needed");
          yield otherwise;
        }
      }
      case TRUTH -> {
        if (!text.equals("true") && !text.equals("false")) {
          faults.put(path, "true or false is needed");
        }
        yield JSON.getNodeFactory().booleanNode(text.equals("true"));
      }
      case OTHER -> {
        faults.put(path, "This can be changed in the text only");
        yield otherwise;
      }
    };
  }

  private static Value value(JsonNode node) {
    if (node.isString()) {
      return new Value(Kind.TEXT, node.stringValue());
    }
    if (node.isNumber()) {
      return new Value(Kind.NUMBER, node.toString());
    }
    if (node.isBoolean()) {
      return new Value(Kind.TRUTH, node.toString());
    }
    return new Value(node.isNull() ? Kind.NOTHING : Kind.OTHER, node.toString());
  }

  private static String member(String path, String name) {
    if (!PLAIN_NAME.matcher(name).matches()) {
      return path + "[\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : ": look at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }
}
