package io.tillpost.store.elasticsearch;

import io.tillpost.message.MoneySum;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Aggregations that several queries ask for, and their answers. */
final class Aggregation {
  private Aggregation() {}

  /** The same of {@link #terms} for these values alone; for all where that is empty. */
  static ObjectNode among(ObjectNode terms, Optional<Set<String>> values) {
    values.ifPresent(
        some -> {
          ArrayNode include = ((ObjectNode) terms.get("terms")).putArray("include");
          some.forEach(include::add);
        });
    return terms;
  }

  /** Buckets by value, most documents first, ties by value. */
  static ObjectNode terms(String field, int size) {
    return Json.object(
        "terms",
        Json.object(
            "field",
            field,
            "size",
            size,
            // As many from each shard, so that up to that many different values counts are exact.
            "shard_size",
            Math.max(size, 10_000),
            "order",
            Json.array(Json.object("_count", "desc"), Json.object("_key", "asc"))));
  }

  static ObjectNode filter(ObjectNode query) {
    return Json.object("filter", query);
  }

  static ObjectNode min(String field) {
    return Json.object("min", Json.object("field", field));
  }

  static ObjectNode max(String field) {
    return Json.object("max", Json.object("field", field));
  }

  /** Money by currency. A sum is exact up to 2^53 minor units. */
  static ObjectNode money() {
    return with(
        terms("currency", 200), "minor", Json.object("sum", Json.object("field", "amount_minor")));
  }

  /** Steps of equal length, counted from the epoch, shifted by an offset. */
  static ObjectNode histogram(String field, Duration step, String offset) {
    return Json.object(
        "date_histogram",
        Json.object(
            "field",
            field,
            "fixed_interval",
            step.toMillis() + "ms",
            "offset",
            offset,
            "min_doc_count",
            1));
  }

  /** The same with an aggregation inside each bucket. */
  static ObjectNode with(ObjectNode aggregation, String name, ObjectNode inner) {
    aggregation.withObject("/aggs").set(name, inner);
    return aggregation;
  }

  static MoneySum money(JsonNode currencies) {
    TreeMap<String, Long> sums = new TreeMap<>();
    for (JsonNode bucket : currencies.path("buckets")) {
      sums.put(
          bucket.path("key").asString(), Math.round(bucket.path("minor").path("value").asDouble()));
    }
    return new MoneySum(sums);
  }

  /** A moment that was answered as milliseconds since the epoch. */
  static Instant moment(JsonNode metric) {
    return Instant.ofEpochMilli((long) metric.path("value").asDouble());
  }
}
