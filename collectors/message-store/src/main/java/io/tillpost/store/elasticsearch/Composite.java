package io.tillpost.store.elasticsearch;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads all values of a field with what is added up for each, however many there are. */
final class Composite {
  private final Search search;
  private final String indices;
  private final ObjectNode query;

  Composite(Search search, String indices, ObjectNode query) {
    this.search = search;
    this.indices = indices;
    this.query = query;
  }

  /** Hands over every bucket, page by page. */
  void buckets(String field, int page, ObjectNode inner, Consumer<JsonNode> bucket) {
    pages(field, page, inner, buckets -> buckets.forEach(bucket));
  }

  /** Hands over the buckets of each page, at least one. */
  void pages(String field, int page, ObjectNode inner, Consumer<JsonNode> each) {
    ObjectNode composite =
        Json.object(
            "size",
            page,
            "sources",
            Json.array(Json.object("value", Json.object("terms", Json.object("field", field)))));
    ObjectNode aggregations =
        Json.object("all", Json.object("composite", composite, "aggs", inner));
    while (true) {
      JsonNode answer = search.aggregate(indices, query, aggregations).path("all");
      JsonNode buckets = answer.path("buckets");
      if (!buckets.isEmpty()) {
        each.accept(buckets);
      }
      if (buckets.size() < page) {
        return;
      }
      composite.set("after", answer.path("after_key"));
    }
  }

  /** The value that a bucket stands for. */
  static String key(JsonNode bucket) {
    return bucket.path("key").path("value").asString();
  }
}
