package io.tillpost.store.elasticsearch;

import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.store.FailureQueries.Group;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    // Most failures are in exceptions that nobody touched: these are not looked at.
    return of(asked.copy().any("fingerprint", groups.regroupedValues()), groups, groups.queries());
  }

  /** One exception, whether anything was done to it or not. */
  Optional<Group> one(Query asked, Fingerprint exception, Groups groups) {
    ObjectNode own = groups.query(exception);
    return of(asked.copy().and(own), groups, Map.of(exception, own)).stream().findFirst();
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
    if (buckets.isEmpty()) {
      return List.of();
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
    Instant since = Instant.MAX;
    for (Map.Entry<Fingerprint, JsonNode> bucket : buckets.entrySet()) {
      Fingerprint exception = bucket.getKey();
      JsonNode leading = leading(groups, exception, bucket.getValue());
      Instant last =
          Aggregation.moment((leading == null ? bucket.getValue() : leading).path("last"));
      newest.put(
          exception,
          new Query()
              .and(query(queries, exception))
              .is("fingerprint", leading == null ? null : leading.path("key").asString())
              .between("failed_at", last, null)
              .build());
      since = last.isBefore(since) ? last : since;
    }
    // No newest message is older, so that few days are looked at.
    Map<Fingerprint, Message> samples =
        read(asked.copy().between("failed_at", since, null), newest);
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

  /** What is known of the failures after which the exception is called; null if there are none. */
  private static @Nullable JsonNode leading(Groups groups, Fingerprint exception, JsonNode bucket) {
    String leading = groups.grouping().leading(exception).value();
    for (JsonNode name : bucket.path("names").path("buckets")) {
      if (name.path("key").asString().equals(leading)) {
        return name;
      }
    }
    return null;
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
    // Each condition is a query of its own: all of them in one could be more than a query may have.
    JsonNode buckets = aggregate(asked, filters);
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
