package io.tillpost.console.recovery.edit;

import io.tillpost.console.schema.JsonPath;
import io.tillpost.console.schema.SchemaHint;
import io.tillpost.console.schema.SchemaKind;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
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
  private static final int MOST_DIGITS = 1_000;

  // A name that comes twice would show one value here and another one to the target.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

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
  public SchemaKind kind() {
    return SchemaKind.JSON;
  }

  @Override
  public Writing write(String body, Map<String, String> values, Map<String, SchemaHint> hints) {
    Map<String, String> faults = new LinkedHashMap<>();
    JsonNode changed = new Replacement(values, hints, faults).of("", JSON.readTree(body));
    if (!faults.isEmpty()) {
      return new Writing.Misfits(faults);
    }
    try {
      return new Writing.Text(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(changed));
    } catch (JacksonException _) {
      return new Writing.Misfits(
          Map.of("", "A number in it is too large to be written out: change it in the text"));
    }
  }

  private static void collect(String path, JsonNode node, SequencedMap<String, Value> into) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      object
          .properties()
          .forEach(e -> collect(JsonPath.member(path, e.getKey()), e.getValue(), into));
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      for (int i = 0; i < array.size(); i++) {
        collect(JsonPath.element(path, i), array.get(i), into);
      }
    } else {
      into.put(path, value(node));
    }
  }

  @Override
  public Map<String, Integer> lines(String body) {
    Map<String, Integer> lines = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(body)) {
      parser.nextToken();
      locate("", parser, lines);
      return lines;
    }
  }

  /** Tells of the value that the parser is at, and leaves it at the end of that. */
  private static void locate(String path, JsonParser parser, Map<String, Integer> into) {
    into.put(path, parser.currentTokenLocation().getLineNr());
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        locate(JsonPath.member(path, name), parser, into);
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        locate(JsonPath.element(path, i), parser, into);
      }
    }
  }

  /** Puts values in the places of others. */
  private record Replacement(
      Map<String, String> values, Map<String, SchemaHint> hints, Map<String, String> faults) {
    JsonNode of(String path, JsonNode node) {
      if (node instanceof ObjectNode object && !object.isEmpty()) {
        ObjectNode copy = JSON.createObjectNode();
        object
            .properties()
            .forEach(
                e -> copy.set(e.getKey(), of(JsonPath.member(path, e.getKey()), e.getValue())));
        return copy;
      }
      if (node instanceof ArrayNode array && !array.isEmpty()) {
        ArrayNode copy = JSON.createArrayNode();
        for (int i = 0; i < array.size(); i++) {
          copy.add(of(JsonPath.element(path, i), array.get(i)));
        }
        return copy;
      }
      String text = values.get(path);
      Value is = value(node);
      Kind wanted = wanted(path, is.kind());
      return text == null || (text.equals(is.text()) && wanted == is.kind())
          ? node
          : fitting(path, wanted, text, node);
    }

    /** What the schema asks for; else what stands there already. */
    private Kind wanted(String path, Kind is) {
      SchemaHint hint = hints.get(path);
      if (is == Kind.OTHER || hint == null || hint.value() == null) {
        return is;
      }
      return switch (hint.value()) {
        case TEXT -> Kind.TEXT;
        case NUMBER -> Kind.NUMBER;
        case TRUTH -> Kind.TRUTH;
      };
    }

    private JsonNode fitting(String path, Kind kind, String text, JsonNode otherwise) {
      return switch (kind) {
        case TEXT, NOTHING -> JSON.getNodeFactory().stringNode(text);
        case NUMBER -> {
          try {
            BigDecimal number = new BigDecimal(text.strip());
            if (Math.abs((long) number.scale()) > MOST_DIGITS) {
              faults.put(path, "A number of at most %,d digits is needed".formatted(MOST_DIGITS));
              yield otherwise;
            }
            yield JSON.getNodeFactory().numberNode(number);
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

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : ": look at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }
}
