package io.tillpost.store.elasticsearch;

import io.tillpost.message.MoneySum;
import io.tillpost.store.ImpactQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class ElasticsearchImpactQueries implements ImpactQueries {
  /** Nearly always all there are: with each further page all documents are gone through again. */
  private static final int PAGE = 50_000;

  private final Search search;

  ElasticsearchImpactQueries(Search search) {
    this.search = search;
  }

  @Override
  public List<Slice> attention(Instant now, Set<String> workflows) {
    ObjectNode query =
        new Query()
            .is("open", true)
            .and(Query.range("attention_from", "gte", null, "lte", now))
            .any("workflow", workflows)
            .build();
    ObjectNode inner =
        Json.object(
            "minor",
            Json.object("sum", Json.object("field", "amount_minor")),
            "oldest",
            Aggregation.min("captured_at"));
    Map<SliceKey, Slice> slices = new TreeMap<>(SliceKey.ORDER);
    new Composite(search, search.schema().messages().all(), query)
        .buckets(
            "slice",
            PAGE,
            inner,
            bucket -> {
              Slice slice = slice(bucket);
              slices.merge(SliceKey.of(slice), slice, ElasticsearchImpactQueries::ofBothCurrencies);
            });
    return List.copyOf(slices.values());
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
            PAGE,
            Json.object("last", Aggregation.max("captured_at")),
            bucket -> last.put(Composite.key(bucket), Aggregation.moment(bucket.path("last"))));
    return last;
  }

  private static Slice slice(JsonNode bucket) {
    JsonNode key = Json.MAPPER.readTree(Composite.key(bucket));
    String currency = key.path(4).asString();
    long minor = Math.round(bucket.path("minor").path("value").asDouble());
    return new Slice(
        key.path(0).asString(),
        key.path(1).isArray() ? null : key.path(1).asString(),
        key.path(2).asBoolean(),
        key.path(3).asBoolean(),
        bucket.path("doc_count").asLong(),
        currency.isEmpty() ? MoneySum.NONE : new MoneySum(new TreeMap<>(Map.of(currency, minor))),
        Aggregation.moment(bucket.path("oldest")));
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
    static final Comparator<SliceKey> ORDER =
        Comparator.comparing(SliceKey::workflow)
            .thenComparing(SliceKey::storeId, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(SliceKey::failed)
            .thenComparing(SliceKey::reachedMiddleware);

    static SliceKey of(Slice slice) {
      return new SliceKey(
          slice.workflow(), slice.storeId(), slice.failed(), slice.reachedMiddleware());
    }
  }
}
