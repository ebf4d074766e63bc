package io.tillpost.store.elasticsearch;

import io.tillpost.message.MoneySum;
import io.tillpost.store.ImpactQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class ElasticsearchImpactQueries implements ImpactQueries {
  /** Nearly always all there are; more than this Elasticsearch does not answer at once. */
  static final int SLICES_AT_ONCE = 50_000;

  private final Search search;
  private final int page;
  private final Slices slices = new Slices();

  /**
   * Asks by means of that search.
   *
   * @param page how many buckets are asked for at once
   */
  ElasticsearchImpactQueries(Search search, int page) {
    this.search = search;
    this.page = page;
  }

  @Override
  public List<Slice> attention(Instant now, Set<String> workflows) {
    ObjectNode query =
        new Query()
            .is("open", true)
            .and(Query.range("attention_from", "gte", null, "lte", now))
            .any("workflow", workflows)
            .build();
    Map<SliceKey, Slice> found = new HashMap<>();
    slices(
        query,
        bucket -> {
          Slice slice = slice(bucket);
          found.merge(SliceKey.of(slice), slice, ElasticsearchImpactQueries::ofBothCurrencies);
        });
    return List.copyOf(found.values());
  }

  /** All in one question if they fit, because with each further page all documents are read. */
  private void slices(ObjectNode query, Consumer<JsonNode> bucket) {
    ObjectNode inner =
        Json.object(
            "minor",
            Json.object("sum", Json.object("field", "amount_minor")),
            "oldest",
            Aggregation.min("open_since"));
    String indices = search.schema().messages().all();
    JsonNode answer =
        search
            .aggregate(
                indices,
                query,
                Json.object(
                    "slices",
                    Json.object(
                        "terms",
                        Json.object("field", "slice", "size", page, "shard_size", page),
                        "aggs",
                        inner)))
            .path("slices");
    if (answer.path("sum_other_doc_count").asLong(0) == 0) {
      answer.path("buckets").forEach(bucket);
    } else {
      new Composite(search, indices, query).buckets("slice", page, inner, bucket);
    }
  }

  @Override
  public List<List<Point>> trends(List<Set<String>> sets, Instant from, Instant to, Duration step) {
    return new Trends(Steps.of(from, to, step)).ask(search, sets);
  }

  @Override
  public List<Kept> kept(Instant from, Instant to) {
    JsonNode buckets =
        search
            .aggregate(
                search.schema().messages().all(),
                new Query().between("due_at", from, to).build(),
                Json.object("outcome", Aggregation.terms("outcome", 10_000)))
            .path("outcome")
            .path("buckets");
    Map<String, Kept> kept = new TreeMap<>();
    for (JsonNode bucket : buckets) {
      JsonNode key = Json.MAPPER.readTree(bucket.path("key").asString());
      StateDocument.Outcome outcome = StateDocument.Outcome.valueOf(key.path(0).asString());
      String workflow = key.path(1).asString();
      long count = bucket.path("doc_count").asLong();
      kept.merge(
          workflow,
          new Kept(
              workflow,
              count,
              outcome == StateDocument.Outcome.IN_TIME ? count : 0,
              outcome == StateDocument.Outcome.OPEN ? count : 0),
          (a, b) ->
              new Kept(workflow, a.due() + b.due(), a.inTime() + b.inTime(), a.open() + b.open()));
    }
    return List.copyOf(kept.values());
  }

  @Override
  public Map<String, Instant> lastHeard(Instant since) {
    ObjectNode query =
        new Query().between("captured_at", since, null).and(Query.exists("store_id")).build();
    Map<String, Instant> last = new TreeMap<>();
    new Composite(search, search.schema().messages().all(), query)
        .buckets(
            "store_id",
            page,
            Json.object("last", Aggregation.max("captured_at")),
            bucket -> last.put(Composite.key(bucket), Aggregation.moment(bucket.path("last"))));
    return last;
  }

  private Slice slice(JsonNode bucket) {
    Slices.Slice by = slices.read(key(bucket));
    long minor = Math.round(bucket.path("minor").path("value").asDouble());
    return new Slice(
        by.workflow(),
        by.store(),
        by.failed(),
        by.reached(),
        bucket.path("doc_count").asLong(),
        by.currency().isEmpty()
            ? MoneySum.NONE
            : new MoneySum(new TreeMap<>(Map.of(by.currency(), minor))),
        Aggregation.moment(bucket.path("oldest")));
  }

  private static String key(JsonNode bucket) {
    JsonNode key = bucket.path("key");
    return key.isString() ? key.asString() : Composite.key(bucket);
  }

  private static Slice ofBothCurrencies(Slice a, Slice b) {
    return new Slice(
        a.workflow(),
        a.storeId(),
        a.failed(),
        a.reachedMiddleware(),
        a.count() + b.count(),
        a.money().plus(b.money()),
        a.oldest().isBefore(b.oldest()) ? a.oldest() : b.oldest());
  }

  private record SliceKey(
      String workflow, @Nullable String storeId, boolean failed, boolean reachedMiddleware) {
    static SliceKey of(Slice slice) {
      return new SliceKey(
          slice.workflow(), slice.storeId(), slice.failed(), slice.reachedMiddleware());
    }
  }
}
