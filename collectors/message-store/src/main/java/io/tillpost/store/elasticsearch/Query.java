package io.tillpost.store.elasticsearch;

import io.tillpost.store.SearchWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Collects the conditions of a search; all must hold, none is scored. */
final class Query {
  private final List<ObjectNode> filters = new ArrayList<>();

  /** The same conditions, to which others may be added. */
  Query copy() {
    Query copy = new Query();
    copy.filters.addAll(filters);
    return copy;
  }

  Query and(ObjectNode filter) {
    filters.add(filter);
    return this;
  }

  /** The field has this value; null asks for nothing. */
  Query is(String field, @Nullable Object value) {
    return value == null ? this : and(term(field, value));
  }

  /** The field has any of these values; none asks for nothing. */
  Query any(String field, Collection<String> values) {
    // In one order, so that the same question is the same request and its answer may be kept.
    return values.isEmpty() ? this : and(terms(field, values.stream().sorted().toList()));
  }

  /** The field lies at or after the first and before the second moment; null is open. */
  Query between(String field, @Nullable Instant from, @Nullable Instant to) {
    return from == null && to == null ? this : and(range(field, "gte", from, "lt", to));
  }

  /** Every word that was typed is among these fields, whole or as a beginning. */
  Query words(@Nullable String text, String... fields) {
    SearchWords.asked(text).forEach(word -> and(word(word, fields)));
    return this;
  }

  ObjectNode build() {
    return filters.isEmpty()
        ? Json.object("match_all", Json.MAPPER.createObjectNode())
        : Json.object("bool", Json.object("filter", filters));
  }

  static ObjectNode term(String field, Object value) {
    return Json.object("term", Json.object(field, value));
  }

  static ObjectNode terms(String field, Collection<?> values) {
    return Json.object("terms", Json.object(field, values));
  }

  static ObjectNode exists(String field) {
    return Json.object("exists", Json.object("field", field));
  }

  static ObjectNode anyOf(Object... queries) {
    return Json.object(
        "bool", Json.object("should", Json.array(queries), "minimum_should_match", 1));
  }

  static ObjectNode not(ObjectNode query) {
    return Json.object("bool", Json.object("must_not", query));
  }

  /** A range of moments, to the millisecond; null is open. */
  static ObjectNode range(
      String field, String lower, @Nullable Instant from, String upper, @Nullable Instant to) {
    ObjectNode bounds = Json.object("format", "epoch_millis");
    if (from != null) {
      bounds.put(lower, from.toEpochMilli());
    }
    if (to != null) {
      bounds.put(upper, to.toEpochMilli());
    }
    return Json.object("range", Json.object(field, bounds));
  }

  /** One word is among these fields, whole or as a beginning. */
  static ObjectNode word(String word, String... fields) {
    List<ObjectNode> ways = new ArrayList<>();
    for (String field : fields) {
      ways.add(
          word.length() >= SearchWords.MIN_PREFIX
              ? Json.object("prefix", Json.object(field, word))
              : term(field, word));
    }
    return anyOf(ways.toArray());
  }
}
