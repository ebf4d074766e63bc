package io.tillpost.store.elasticsearch;

import io.tillpost.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends searches. An answer that leaves something out is no answer. */
final class Search {
  private final Http http;
  private final Schema schema;

  Search(Http http, Schema schema) {
    this.http = http;
    this.schema = schema;
  }

  Schema schema() {
    return schema;
  }

  /**
   * Searches in these indices; those that are not there have nothing.
   *
   * @param body the search, {@code size} included
   */
  JsonNode in(String indices, ObjectNode body) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("ignore_unavailable", "true");
    parameters.put("allow_partial_search_results", "false");
    JsonNode answer = http.read("/" + indices + "/_search", parameters, body);
    if (answer.path("timed_out").asBoolean(false)) {
      throw new StoreUnavailableException("Elasticsearch did not finish the search in time", null);
    }
    return answer;
  }

  /** Adds up over the documents that match, without reading any of them. */
  JsonNode aggregate(String indices, ObjectNode query, ObjectNode aggregations) {
    return in(
            indices,
            Json.object("size", 0, "track_total_hits", false, "query", query, "aggs", aggregations))
        .path("aggregations");
  }

  /** The sources of documents that a search found, in the same order. */
  List<JsonNode> get(List<JsonNode> hits) {
    List<JsonNode> wanted =
        hits.stream()
            .map(
                hit ->
                    (JsonNode)
                        Json.object(
                            "_index",
                            hit.path("_index").asString(),
                            "_id",
                            hit.path("_id").asString()))
            .toList();
    List<JsonNode> sources = new ArrayList<>();
    for (JsonNode document :
        http.read("/_mget", Map.of(), Json.object("docs", wanted)).path("docs")) {
      if (document.has("error")) {
        throw Http.refused(new Http.Answer(503, document));
      }
      sources.add(document.path("_source"));
    }
    return sources;
  }

  /** How many documents match; exact. */
  long count(String indices, ObjectNode query) {
    return in(indices, Json.object("size", 0, "track_total_hits", true, "query", query))
        .path("hits")
        .path("total")
        .path("value")
        .asLong(0);
  }
}
