package io.tillpost.store.elasticsearch;

import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.ImpactQueries.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class ElasticsearchFailureQueries implements FailureQueries {
  private static final int MAX_GROUPS = 10_000;

  private final Search search;

  ElasticsearchFailureQueries(Search search) {
    this.search = search;
  }

  @Override
  public List<Group> groups(FailureFilter filter, int limit) {
    Query query =
        new Query()
            .is("failed", true)
            .any("workflow", filter.workflows())
            .any("target", filter.targets())
            .any("store_id", filter.storeIds())
            .words(filter.text(), "failure_words", "search");
    // In one order, so that the same filter is the same request and its answer may be kept.
    new TreeMap<>(filter.keys()).forEach((name, value) -> query.is("keys." + name, value));
    return groups(query, limit);
  }

  @Override
  public Optional<Group> group(Fingerprint fingerprint) {
    return groups(of(fingerprint), 1).stream().findFirst();
  }

  @Override
  public Map<Fingerprint, List<Point>> histories(
      Set<Fingerprint> fingerprints, Instant from, Instant to, Duration step) {
    if (fingerprints.isEmpty()) {
      return Map.of();
    }
    Steps steps = Steps.of(from, to, step);
    List<String> prints = fingerprints.stream().map(Fingerprint::value).sorted().toList();
    ObjectNode query =
        new Query()
            .is("failed", true)
            .any("fingerprint", prints)
            .between("failed_at", steps.start(), to)
            .build();
    ObjectNode groups = Aggregation.terms("fingerprint", checked(prints.size()));
    Aggregation.with(groups, "steps", Aggregation.histogram("failed_at", step, "+0ms"));
    Map<String, Map<Long, Long>> counts = new HashMap<>();
    search
        .aggregate(search.schema().messages().all(), query, Json.object("groups", groups))
        .path("groups")
        .path("buckets")
        .forEach(
            bucket ->
                counts.put(bucket.path("key").asString(), Steps.counts(bucket.path("steps"))));
    Map<Fingerprint, List<Point>> histories = new HashMap<>();
    for (Fingerprint fingerprint : fingerprints) {
      Map<Long, Long> own = counts.getOrDefault(fingerprint.value(), Map.of());
      histories.put(
          fingerprint,
          steps.starts().stream()
              .map(at -> new Point(at, own.getOrDefault(at.toEpochMilli(), 0L)))
              .toList());
    }
    return histories;
  }

  @Override
  public List<StoreCount> stores(Fingerprint fingerprint, int limit) {
    JsonNode buckets =
        search
            .aggregate(
                search.schema().messages().all(),
                of(fingerprint).build(),
                Json.object(
                    "stores",
                    Aggregation.with(
                        Aggregation.terms("store_id", checked(limit)),
                        "money",
                        Aggregation.money())))
            .path("stores")
            .path("buckets");
    List<StoreCount> stores = new ArrayList<>();
    for (JsonNode bucket : buckets) {
      stores.add(
          new StoreCount(
              bucket.path("key").asString(),
              bucket.path("doc_count").asLong(),
              Aggregation.money(bucket.path("money"))));
    }
    return stores;
  }

  private static Query of(Fingerprint fingerprint) {
    return new Query().is("failed", true).is("fingerprint", fingerprint.value());
  }

  private List<Group> groups(Query query, int limit) {
    ObjectNode groups = Aggregation.terms("fingerprint", checked(limit));
    Aggregation.with(groups, "money", Aggregation.money());
    Aggregation.with(groups, "oldest", Aggregation.min("captured_at"));
    Aggregation.with(groups, "first", Aggregation.min("failed_at"));
    Aggregation.with(groups, "last", Aggregation.max("failed_at"));
    Aggregation.with(
        groups,
        "stores",
        Json.object("cardinality", Json.object("field", "store_id", "precision_threshold", 3_000)));
    List<JsonNode> buckets = new ArrayList<>();
    search
        .aggregate(search.schema().messages().all(), query.build(), Json.object("groups", groups))
        .path("groups")
        .path("buckets")
        .forEach(buckets::add);
    Map<String, Message> newest = new NewestFailures(search, query).of(buckets, limit);
    List<Group> found = new ArrayList<>();
    for (JsonNode bucket : buckets) {
      Message sample = newest.get(bucket.path("key").asString());
      // One that is not there any more was mended between the two searches.
      if (sample != null) {
        found.add(group(bucket, sample));
      }
    }
    return found;
  }

  private static Group group(JsonNode bucket, Message newest) {
    return new Group(
        new Fingerprint(bucket.path("key").asString()),
        newest.workflow(),
        newest.target(),
        newest.failure().orElseThrow(),
        newest.id(),
        bucket.path("doc_count").asLong(),
        bucket.path("stores").path("value").asLong(),
        Aggregation.money(bucket.path("money")),
        Aggregation.moment(bucket.path("oldest")),
        Aggregation.moment(bucket.path("first")),
        Aggregation.moment(bucket.path("last")));
  }

  private static int checked(int limit) {
    if (limit < 1 || limit > MAX_GROUPS) {
      throw new IllegalArgumentException("A list has 1 to 10,000 entries");
    }
    return limit;
  }
}
