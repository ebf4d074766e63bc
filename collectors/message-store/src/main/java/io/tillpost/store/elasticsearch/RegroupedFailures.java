package io.tillpost.store.elasticsearch;

import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.store.FailureQueries.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds up the exceptions that people put together or took apart, each by its own condition, all in
 * one search. The message that stands for one is the newest with the fingerprint after which it is
 * called, so that it does not change its name with every failure; where none of these is failed,
 * the newest of all.
 */
record RegroupedFailures(Search search) {
  /** A merge of more fingerprints than these may change its name. */
  private static final int NAMES = 1_000;

  /** All of them that have any of the failures that were asked for. */
  List<Group> of(Query asked, Groups groups) {
    return of(asked, groups, groups.queries());
  }

  /** One exception, whether anything was done to it or not. */
  Optional<Group> one(Query asked, Fingerprint exception, Groups groups) {
    return of(asked, groups, Map.of(exception, groups.query(exception))).stream().findFirst();
  }

  private List<Group> of(Query asked, Groups groups, Map<Fingerprint, ObjectNode> queries) {
    ObjectNode filters = ElasticsearchFailureQueries.sums(filters(queries));
    Aggregation.with(
        filters,
        "names",
        Aggregation.with(
            Json.object("terms", Json.object("field", "fingerprint", "size", NAMES)),
            "last",
            Aggregation.max("failed_at")));
    JsonNode answer = aggregate(asked, filters);
    Map<Fingerprint, JsonNode> buckets = new LinkedHashMap<>();
    for (Fingerprint exception : queries.keySet()) {
      JsonNode bucket = answer.path(exception.value());
      if (bucket.path("doc_count").asLong() > 0) {
        buckets.put(exception, bucket);
      }
    }
    Map<Fingerprint, Message> samples = samples(asked, groups, queries, buckets);
    List<Group> found = new ArrayList<>();
    buckets.forEach(
        (exception, bucket) -> {
          Message sample = samples.get(exception);
          // One that is not there any more was mended between the searches.
          if (sample != null) {
            found.add(ElasticsearchFailureQueries.group(exception, bucket, sample));
          }
        });
    return found;
  }

  private Map<Fingerprint, Message> samples(
      Query asked,
      Groups groups,
      Map<Fingerprint, ObjectNode> queries,
      Map<Fingerprint, JsonNode> buckets) {
    Map<Fingerprint, ObjectNode> newest = new LinkedHashMap<>();
    buckets.forEach(
        (exception, bucket) ->
            newest.put(exception, newest(query(queries, exception), groups, exception, bucket)));
    Map<Fingerprint, Message> samples = read(asked, newest);
    Map<Fingerprint, ObjectNode> missing = new LinkedHashMap<>();
    buckets.keySet().stream()
        .filter(exception -> !samples.containsKey(exception))
        .forEach(exception -> missing.put(exception, query(queries, exception)));
    // Their newest message was mended meanwhile; the one before is older than expected.
    samples.putAll(read(asked, missing));
    return samples;
  }

  private static ObjectNode query(Map<Fingerprint, ObjectNode> queries, Fingerprint exception) {
    return Objects.requireNonNull(queries.get(exception), "asked for");
  }

  /** Hardly more than the newest message of this exception. */
  private static ObjectNode newest(
      ObjectNode query, Groups groups, Fingerprint exception, JsonNode bucket) {
    String leading = groups.grouping().leading(exception).value();
    for (JsonNode name : bucket.path("names").path("buckets")) {
      if (name.path("key").asString().equals(leading)) {
        return new Query()
            .and(query)
            .is("fingerprint", leading)
            .between("failed_at", Aggregation.moment(name.path("last")), null)
            .build();
      }
    }
    return new Query()
        .and(query)
        .between("failed_at", Aggregation.moment(bucket.path("last")), null)
        .build();
  }

  private Map<Fingerprint, Message> read(Query asked, Map<Fingerprint, ObjectNode> queries) {
    Map<Fingerprint, Message> read = new HashMap<>();
    if (queries.isEmpty()) {
      return read;
    }
    ObjectNode filters =
        Aggregation.with(
            filters(queries),
            "newest",
            Json.object(
                "top_hits",
                Json.object(
                    "size",
                    1,
                    "_source",
                    "state",
                    "sort",
                    Json.array(
                        Json.object("failed_at", "desc"), Json.object("message_id", "desc")))));
    JsonNode buckets =
        aggregate(asked.copy().and(Query.anyOf(queries.values().toArray())), filters);
    for (Fingerprint exception : queries.keySet()) {
      JsonNode hit =
          buckets.path(exception.value()).path("newest").path("hits").path("hits").path(0);
      if (!hit.isMissingNode()) {
        read.put(exception, StateReader.read(hit.path("_source").path("state")));
      }
    }
    return read;
  }

  private JsonNode aggregate(Query query, ObjectNode filters) {
    return search
        .aggregate(search.schema().messages().all(), query.build(), Json.object("groups", filters))
        .path("groups")
        .path("buckets");
  }

  private static ObjectNode filters(Map<Fingerprint, ObjectNode> queries) {
    ObjectNode filters = Json.MAPPER.createObjectNode();
    queries.forEach((exception, query) -> filters.set(exception.value(), query));
    return Json.object("filters", Json.object("filters", filters));
  }
}
