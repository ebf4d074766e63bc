package io.tillpost.store.elasticsearch;

import io.tillpost.store.ImpactQueries.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many messages needed attention at the end of each step: those before the window, plus those
 * that began to, less those that were finished. One search for any number of sets of workflows.
 */
record Trends(Steps steps) {
  private static final int MAX_WORKFLOWS = 10_000;

  /** The trend of each set of workflows, in their order; an empty set is all workflows. */
  List<List<Point>> ask(Search search, List<Set<String>> sets) {
    ObjectNode workflows = Aggregation.terms("workflow", MAX_WORKFLOWS);
    Aggregation.with(
        workflows,
        "before",
        Aggregation.filter(Query.range("attention_from", "gte", null, "lte", steps.start())));
    Aggregation.with(
        workflows,
        "begun",
        histogram(
            "attention_from", Query.range("attention_from", "gt", steps.start(), "lte", null)));
    Aggregation.with(
        workflows,
        "ended",
        histogram(
            "finished_at", Query.range("finished_at", "gt", steps.start(), "lte", steps.end())));
    JsonNode buckets =
        search
            .aggregate(
                search.schema().messages().all(),
                condition(sets),
                Json.object("workflows", workflows))
            .path("workflows")
            .path("buckets");
    Map<String, JsonNode> byWorkflow = new TreeMap<>();
    buckets.forEach(bucket -> byWorkflow.put(bucket.path("key").asString(), bucket));
    return sets.stream().map(set -> points(chosen(byWorkflow, set))).toList();
  }

  private ObjectNode condition(List<Set<String>> sets) {
    Set<String> wanted = new HashSet<>();
    sets.forEach(wanted::addAll);
    return new Query()
        .any("workflow", sets.contains(Set.of()) ? Set.of() : wanted)
        .and(Query.range("attention_from", "gte", null, "lte", steps.end()))
        .and(
            Query.anyOf(
                Query.term("open", true),
                Query.range("finished_at", "gt", steps.start(), "lt", null)))
        .build();
  }

  private static Collection<JsonNode> chosen(Map<String, JsonNode> byWorkflow, Set<String> set) {
    if (!set.isEmpty()) {
      byWorkflow = new TreeMap<>(byWorkflow);
      byWorkflow.keySet().retainAll(set);
    }
    return byWorkflow.values();
  }

  private List<Point> points(Collection<JsonNode> workflows) {
    long count = 0;
    Map<Long, Long> changes = new TreeMap<>();
    for (JsonNode workflow : workflows) {
      count += workflow.path("before").path("doc_count").asLong(0);
      Steps.counts(workflow.path("begun").path("steps"))
          .forEach((at, begun) -> changes.merge(at, begun, Long::sum));
      Steps.counts(workflow.path("ended").path("steps"))
          .forEach((at, ended) -> changes.merge(at, -ended, Long::sum));
    }
    List<Point> points = new ArrayList<>();
    for (Instant at : steps.starts()) {
      count += changes.getOrDefault(at.toEpochMilli() + 1, 0L);
      points.add(new Point(steps.endOf(at), count));
    }
    return points;
  }

  /** A step ends with its last moment, not before it. */
  private ObjectNode histogram(String field, ObjectNode condition) {
    return Aggregation.with(
        Aggregation.filter(condition), "steps", Aggregation.histogram(field, steps.step(), "+1ms"));
  }
}
