package io.tillpost.console.schema;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * What a JSON Schema says about the fields that a payload has. Only help for who edits: what holds
 * is the check. So what depends on other values (if, several forms) is left out.
 */
final class JsonHints {
  private final JsonNode root;

  JsonHints(JsonNode root) {
    this.root = root;
  }

  /** By the path of each value; values that the schema says nothing about are left out. */
  Map<String, SchemaHint> of(JsonNode payload) {
    Map<String, SchemaHint> hints = new LinkedHashMap<>();
    walk("", payload, List.of(root), false, hints);
    return hints;
  }

  private void walk(
      String path,
      JsonNode value,
      List<JsonNode> schemas,
      boolean required,
      Map<String, SchemaHint> into) {
    List<JsonNode> all = flat(schemas);
    if (all.isEmpty()) {
      return;
    }
    if (value.isObject() && !value.isEmpty()) {
      value
          .properties()
          .forEach(
              member ->
                  walk(
                      JsonPath.member(path, member.getKey()),
                      member.getValue(),
                      below(all, schema -> memberOf(schema, member.getKey())),
                      all.stream().anyMatch(schema -> requires(schema, member.getKey())),
                      into));
    } else if (value.isArray() && !value.isEmpty()) {
      for (int i = 0; i < value.size(); i++) {
        int index = i;
        walk(
            JsonPath.element(path, i),
            value.get(i),
            below(all, schema -> elementOf(schema, index)),
            false,
            into);
      }
    } else {
      into.put(path, hint(all, required));
    }
  }

  private static List<JsonNode> below(
      List<JsonNode> schemas, java.util.function.Function<JsonNode, @Nullable JsonNode> step) {
    return schemas.stream()
        .flatMap(schema -> Stream.ofNullable(step.apply(schema)))
        .filter(JsonNode::isObject)
        .toList();
  }

  private static @Nullable JsonNode memberOf(JsonNode schema, String name) {
    JsonNode member = schema.path("properties").get(name);
    // Which patterns of names hold is not looked at, so neither is what holds for all others.
    return member == null && !schema.has("patternProperties")
        ? schema.get("additionalProperties")
        : member;
  }

  private static @Nullable JsonNode elementOf(JsonNode schema, int index) {
    JsonNode first = schema.path("prefixItems").get(index);
    return first == null ? schema.get("items") : first;
  }

  private static boolean requires(JsonNode schema, String name) {
    for (JsonNode required : schema.path("required")) {
      if (required.asString("").equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** With all that they refer to, and that holds together with them. */
  private List<JsonNode> flat(List<JsonNode> schemas) {
    Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<JsonNode> all = new ArrayList<>();
    schemas.forEach(schema -> flatten(schema, seen, all));
    return all;
  }

  private void flatten(JsonNode schema, Set<JsonNode> seen, List<JsonNode> into) {
    if (!schema.isObject() || !seen.add(schema)) {
      return;
    }
    into.add(schema);
    if (schema.path("$ref").isString()) {
      flatten(at(schema.path("$ref").stringValue()), seen, into);
    }
    schema.path("allOf").forEach(part -> flatten(part, seen, into));
    for (String word : List.of("anyOf", "oneOf")) {
      List<JsonNode> forms = new ArrayList<>();
      for (JsonNode form : schema.path(word)) {
        if (!form.path("type").asString("").equals("null")) {
          forms.add(form);
        }
      }
      if (forms.size() == 1) {
        flatten(forms.getFirst(), seen, into);
      }
    }
  }

  private JsonNode at(String reference) {
    String fragment = reference.contains("#") ? reference.split("#", 2)[1] : "";
    if (fragment.isEmpty()) {
      return root;
    }
    return fragment.startsWith("/")
        ? root.at(JsonPointer.compile(URLDecoder.decode(fragment, StandardCharsets.UTF_8)))
        : root.path("");
  }

  private static SchemaHint hint(List<JsonNode> schemas, boolean required) {
    SchemaHint.Value kind = kind(schemas);
    List<String> choices = choices(schemas, kind);
    return new SchemaHint(
        words(schemas, "title"),
        words(schemas, "description"),
        required,
        kind,
        choices,
        choices.isEmpty() ? limits(schemas) : "");
  }

  private static List<String> choices(List<JsonNode> schemas, SchemaHint.@Nullable Value kind) {
    JsonNode listed = first(schemas, "enum");
    if (listed != null) {
      // Nothing cannot be chosen: a choice is a text.
      return listed.valueStream().filter(one -> !one.isNull()).map(JsonFaults::text).toList();
    }
    JsonNode only = first(schemas, "const");
    if (only != null) {
      return List.of(JsonFaults.text(only));
    }
    return kind == SchemaHint.Value.TRUTH ? List.of("true", "false") : List.of();
  }

  private static SchemaHint.@Nullable Value kind(List<JsonNode> schemas) {
    JsonNode type = first(schemas, "type");
    List<String> types = new ArrayList<>();
    if (type != null && type.isArray()) {
      type.forEach(one -> types.add(one.asString("")));
    } else if (type != null) {
      types.add(type.asString(""));
    }
    types.remove("null");
    if (types.isEmpty()) {
      return ofListed(schemas);
    }
    if (types.size() != 1) {
      return null;
    }
    return switch (types.getFirst()) {
      case "string" -> SchemaHint.Value.TEXT;
      case "number", "integer" -> SchemaHint.Value.NUMBER;
      case "boolean" -> SchemaHint.Value.TRUTH;
      default -> null;
    };
  }

  /** Where there is no type, of the values that are possible. */
  private static SchemaHint.@Nullable Value ofListed(List<JsonNode> schemas) {
    JsonNode listed = first(schemas, "enum");
    JsonNode only = first(schemas, "const");
    List<JsonNode> values =
        (listed != null ? listed.valueStream() : Stream.ofNullable(only))
            .filter(one -> !one.isNull())
            .toList();
    if (values.isEmpty()) {
      return null;
    }
    if (values.stream().allMatch(JsonNode::isString)) {
      return SchemaHint.Value.TEXT;
    }
    if (values.stream().allMatch(JsonNode::isNumber)) {
      return SchemaHint.Value.NUMBER;
    }
    return values.stream().allMatch(JsonNode::isBoolean) ? SchemaHint.Value.TRUTH : null;
  }

  private static String limits(List<JsonNode> schemas) {
    List<String> limits = new ArrayList<>();
    JsonNode type = first(schemas, "type");
    if (type != null && type.asString("").equals("integer")) {
      limits.add("a whole number");
    }
    add(limits, schemas, "minimum", "at least %s");
    add(limits, schemas, "exclusiveMinimum", "more than %s");
    add(limits, schemas, "maximum", "at most %s");
    add(limits, schemas, "exclusiveMaximum", "less than %s");
    add(limits, schemas, "minLength", "at least %s characters");
    add(limits, schemas, "maxLength", "at most %s characters");
    JsonNode format = first(schemas, "format");
    if (format != null) {
      limits.add(JsonFaults.FORMATS.getOrDefault(format.asString(""), format.asString("")));
    }
    JsonNode pattern = first(schemas, "pattern");
    if (pattern != null) {
      // From the beginning to the end is what people expect anyway.
      limits.add("like " + JsonFaults.text(pattern).replaceAll("^\\^|\\$$", ""));
    }
    return String.join(", ", limits);
  }

  private static void add(
      List<String> limits, List<JsonNode> schemas, String word, String sentence) {
    JsonNode value = first(schemas, word);
    if (value != null) {
      limits.add(LimitText.of(sentence, JsonFaults.text(value)));
    }
  }

  private static @Nullable String words(List<JsonNode> schemas, String word) {
    JsonNode value = first(schemas, word);
    return value == null || !value.isString() ? null : value.stringValue();
  }

  private static @Nullable JsonNode first(List<JsonNode> schemas, String word) {
    return schemas.stream().map(s -> s.get(word)).filter(Objects::nonNull).findFirst().orElse(null);
  }
}
