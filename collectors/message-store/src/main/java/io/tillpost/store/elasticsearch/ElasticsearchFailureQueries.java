package io.tillpost.store.elasticsearch;

import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.ImpactQueries.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    return groups(
        new Query()
            .is("failed", true)
            .any("workflow", filter.workflows())
            .any("target", filter.targets())
            .any("store_id", filter.storeIds())
            .words(filter.text(), "failure_words", "search"),
        limit);
  }

  @Override
  public Optional<Group> group(Fingerprint fingerprint) {
    return groups(of(fingerprint), 1).stream().findFirst();
  }

  @Override
  public List<Point> history(Fingerprint fingerprint, Instant from, Instant to, Duration step) {
    Steps steps = Steps.of(from, to, step);
    ObjectNode query = of(fingerprint).between("failed_at", steps.start(), to).build();
    Map<Long, Long> counts =
        Steps.counts(
            search
                .aggregate(
                    search.schema().messages().all(),
                    query,
                    Json.object("steps", Aggregation.histogram("failed_at", step, "+0ms")))
                .path("steps"));
    return steps.starts().stream()
        .map(at -> new Point(at, counts.getOrDefault(at.toEpochMilli(), 0L)))
        .toList();
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
    Aggregation.with(
        groups,
        "newest",
        Json.object(
            "top_hits",
            Json.object(
                "size",
                1,
                "_source",
                "state",
                "sort",
                Json.array(Json.object("failed_at", "desc"), Json.object("message_id", "desc")))));
    JsonNode answer =
        search.aggregate(
            search.schema().messages().all(), query.build(), Json.object("groups", groups));
    List<Group> found = new ArrayList<>();
    answer.path("groups").path("buckets").forEach(bucket -> found.add(group(bucket)));
    return found;
  }

  private static Group group(JsonNode bucket) {
    JsonNode hit = bucket.path("newest").path("hits").path("hits").path(0);
    Message newest = StateReader.read(hit.path("_source").path("state"));
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
