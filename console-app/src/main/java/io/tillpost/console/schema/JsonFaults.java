package io.tillpost.console.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says in sentences what a broken rule of a JSON Schema asks for. */
final class JsonFaults {
  private static final int MOST_CHOICES = 20;

  static final Map<String, String> TYPES =
      Map.of(
          "string", "a text",
          "number", "a number",
          "integer", "a whole number",
          "boolean", "true or false",
          "object", "an object",
          "array", "a list",
          "null", "null");

  static final Map<String, String> FORMATS =
      Map.of(
          "date", "a date like 2026-11-24",
          "time", "a time like 10:15:04Z",
          "date-time", "a time like 2026-11-24T10:15:04Z",
          "duration", "a duration like PT15M",
          "email", "a mail address",
          "uuid", "a UUID",
          "uri", "an address like https://example.com/",
          "ipv4", "an address like 192.0.2.1",
          "hostname", "a host name");

  private JsonFaults() {}

  /** The fault beside the field that it is about; what is missing is named where it should be. */
  static SchemaFault of(Error error) {
    String keyword = String.valueOf(error.getKeyword());
    String property = error.getProperty();
    String at = path(error.getInstanceLocation());
    boolean ofMember =
        property != null
            && List.of(
                    "required",
                    "additionalProperties",
                    "unevaluatedProperties",
                    "dependentRequired")
                .contains(keyword);
    String path = ofMember && property != null ? JsonPath.member(at, property) : at;
    return new SchemaFault(
        path,
        error.getSchemaLocation() + (property == null ? "" : " " + property),
        words(keyword, error));
  }

  private static String words(String keyword, Error error) {
    JsonNode rule = rule(keyword, error);
    String given = text(rule);
    return switch (keyword) {
      case "type" -> capital(types(rule)) + " is needed";
      case "enum" -> "One of these is needed: " + choices(rule);
      case "const" -> "Only %s is possible here".formatted(given);
      case "minimum" -> "At least %s is needed".formatted(given);
      case "maximum" -> "At most %s is possible".formatted(given);
      case "exclusiveMinimum" -> "More than %s is needed".formatted(given);
      case "exclusiveMaximum" -> "Less than %s is needed".formatted(given);
      case "multipleOf" -> "A multiple of %s is needed".formatted(given);
      case "minLength" -> LimitText.of("At least %s characters are needed", given);
      case "maxLength" -> LimitText.of("At most %s characters are possible", given);
      case "minItems" ->
          LimitText.of("At least %s elements are needed: add what is missing in the text", given);
      case "maxItems" ->
          LimitText.of("At most %s elements are possible: take some out in the text", given);
      case "uniqueItems" -> "Each element may be there only once: take one out in the text";
      case "pattern" -> "It has to fit the pattern %s".formatted(given);
      case "format" ->
          capital(FORMATS.getOrDefault(given, "a value of the format " + given)) + " is needed";
      case "required", "dependentRequired" -> "It is missing: add it in the text";
      case "additionalProperties", "unevaluatedProperties" ->
          "The schema does not know it: take it out in the text";
      case "not" -> "The schema rules this out";
      case "oneOf", "anyOf" -> "It has none, or more than one, of the forms that are possible here";
      default -> capital(String.valueOf(error.getMessage()));
    };
  }

  /** What stands beside the keyword in the schema. */
  private static @Nullable JsonNode rule(String keyword, Error error) {
    JsonNode node = error.getSchemaNode();
    return node != null && node.isObject() && node.has(keyword) ? node.get(keyword) : node;
  }

  /** A type or several, in words. */
  static String types(@Nullable JsonNode rule) {
    List<String> types = new ArrayList<>();
    if (rule != null && rule.isArray()) {
      rule.forEach(type -> types.add(type(type)));
    } else if (rule != null) {
      types.add(type(rule));
    }
    return types.isEmpty() ? "another type" : String.join(" or ", types);
  }

  private static String type(JsonNode type) {
    return TYPES.getOrDefault(type.asString(""), type.asString(""));
  }

  /** Values that are possible. */
  private static String choices(@Nullable JsonNode rule) {
    List<String> values = values(rule);
    return values.stream().limit(MOST_CHOICES).collect(Collectors.joining(", "))
        + (values.size() > MOST_CHOICES ? " …" : "");
  }

  static List<String> values(@Nullable JsonNode rule) {
    List<String> values = new ArrayList<>();
    if (rule != null && rule.isArray()) {
      rule.forEach(value -> values.add(text(value)));
    }
    return values;
  }

  static String text(@Nullable JsonNode value) {
    return Optional.ofNullable(value)
        .map(v -> v.isString() ? v.stringValue() : v.toString())
        .orElse("");
  }

  private static String path(NodePath location) {
    String path = "";
    for (int i = 0; i < location.getNameCount(); i++) {
      path =
          location.getElement(i) instanceof Integer index
              ? JsonPath.element(path, index)
              : JsonPath.member(path, location.getName(i));
    }
    return path;
  }

  private static String capital(String words) {
    return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
