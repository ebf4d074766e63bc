package io.tillpost.store.elasticsearch;

import io.tillpost.store.SearchWords;
import io.tillpost.store.Traces;
import io.tillpost.store.json.SpanJson;
import io.tillpost.trace.Span;
import io.tillpost.trace.SpanStatus;
import io.tillpost.trace.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class ElasticsearchTraces implements Traces {
  private static final int MAX_SPANS = 10_000;
  private static final int MAX_SYSTEMS = 1_000;

  private final Search search;

  ElasticsearchTraces(Search search) {
    this.search = search;
  }

  @Override
  public List<Span> trace(TraceId id) {
    return spans(
        search.schema().spans().all(),
        new Query().is("trace_id", id.value()).build(),
        MAX_SPANS,
        Json.array(Json.object("start_nanos", "asc")));
  }

  @Override
  public List<Span> search(TraceQuery query) {
    if (query.size() < 1 || query.size() > 1_000) {
      throw new IllegalArgumentException("A list has 1 to 1,000 spans");
    }
    Query condition =
        new Query()
            .is("root", query.service() == null ? true : null)
            .is("entry", query.service() == null ? null : true)
            .is("service", query.service())
            .is("status", query.errorsOnly() ? SpanStatus.ERROR.name() : null)
            .between("start", query.from(), query.to());
    if (query.minDuration() != null) {
      condition.and(
          Json.object(
              "range",
              Json.object("duration_nanos", Json.object("gte", query.minDuration().toNanos()))));
    }
    for (String word : SearchWords.asked(query.text())) {
      condition.and(
          Query.anyOf(
              new Query().words(word, "name_words").build(),
              Query.term("trace_id", word),
              Json.object(
                  "term",
                  Json.object(
                      "message_id", Json.object("value", word, "case_insensitive", true)))));
    }
    return spans(
        search.schema().spans().between(query.from(), query.to()),
        condition.build(),
        query.size(),
        Json.array(Json.object("start_nanos", "desc")));
  }

  @Override
  public List<ApiUse> apiUse(Instant from, Instant to) {
    Instant minute = to.truncatedTo(ChronoUnit.MINUTES);
    ObjectNode systems = Aggregation.terms("peer", MAX_SYSTEMS);
    Aggregation.with(
        systems, "errors", Aggregation.filter(Query.term("status", SpanStatus.ERROR.name())));
    Aggregation.with(
        systems,
        "last_minute",
        Aggregation.filter(
            Query.range("start", "gte", minute.minus(1, ChronoUnit.MINUTES), "lt", minute)));
    Aggregation.with(
        systems, "minutes", Aggregation.histogram("start", Duration.ofMinutes(1), "+0ms"));
    Aggregation.with(
        systems,
        "durations",
        Json.object(
            "percentiles",
            Json.object("field", "duration_nanos", "percents", Json.array(50, 95, 99))));
    JsonNode buckets =
        search
            .aggregate(
                search.schema().spans().between(from, to),
                new Query().between("start", from, to).and(Query.exists("peer")).build(),
                Json.object("systems", systems))
            .path("systems")
            .path("buckets");
    List<ApiUse> use = new ArrayList<>();
    buckets.forEach(bucket -> use.add(use(bucket)));
    return use;
  }

  private List<Span> spans(String indices, ObjectNode query, int size, ArrayNode sort) {
    ObjectNode body =
        Json.object("size", size, "track_total_hits", false, "query", query, "sort", sort);
    List<Span> spans = new ArrayList<>();
    for (JsonNode hit : search.in(indices, body).path("hits").path("hits")) {
      spans.add(SpanJson.read(hit.path("_source")));
    }
    return spans;
  }

  private static ApiUse use(JsonNode bucket) {
    JsonNode durations = bucket.path("durations").path("values");
    return new ApiUse(
        bucket.path("key").asString(),
        bucket.path("doc_count").asLong(),
        bucket.path("errors").path("doc_count").asLong(),
        Steps.counts(bucket.path("minutes")).values().stream().max(Long::compare).orElse(0L),
        bucket.path("last_minute").path("doc_count").asLong(),
        nanos(durations.path("50.0")),
        nanos(durations.path("95.0")),
        nanos(durations.path("99.0")));
  }

  private static Duration nanos(JsonNode value) {
    return Duration.ofNanos((long) value.asDouble(0));
  }
}
