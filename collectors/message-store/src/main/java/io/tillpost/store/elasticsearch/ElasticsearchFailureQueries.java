package io.tillpost.store.elasticsearch;

import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.failure.SplitCondition;
import io.tillpost.message.Message;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.ImpactQueries.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class ElasticsearchFailureQueries implements FailureQueries {
  private static final int MAX_GROUPS = 10_000;

  private final Search search;
  private final GroupsReader groups;
  private final RegroupedFailures regrouped;

  ElasticsearchFailureQueries(Search search, GroupsReader groups) {
    this.search = search;
    this.groups = groups;
    this.regrouped = new RegroupedFailures(search);
  }

  @Override
  public Grouping grouping() {
    return groups.current().grouping();
  }

  @Override
  public List<Group> groups(FailureFilter filter, int limit) {
    Query query =
        failed()
            .any("workflow", filter.workflows())
            .any("target", filter.targets())
            .any("store_id", filter.storeIds())
            .words(filter.text(), "failure_words", "search");
    // In one order, so that the same filter is the same request and its answer may be kept.
    new TreeMap<>(filter.keys()).forEach((name, value) -> query.is("keys." + name, value));
    Groups now = groups.current();
    if (now.regrouped().isEmpty()) {
      return groups(query, limit);
    }
    List<Group> all = new ArrayList<>(groups(query.copy().and(untouched(now)), limit));
    all.addAll(regrouped.of(query, now));
    all.sort(
        Comparator.comparingLong(Group::messages)
            .reversed()
            .thenComparing(group -> group.fingerprint().value()));
    return all.size() > limit ? all.subList(0, limit) : all;
  }

  @Override
  public void eachGroup(int part, Consumer<List<Group>> each) {
    checked(part);
    Groups now = groups.current();
    Query query = failed();
    if (!now.regrouped().isEmpty()) {
      query.and(untouched(now));
      List<Group> byHand = regrouped.of(failed(), now);
      for (int from = 0; from < byHand.size(); from += part) {
        each.accept(byHand.subList(from, Math.min(byHand.size(), from + part)));
      }
    }
    new Composite(search, search.schema().messages().all(), query.build())
        .pages(
            "fingerprint",
            part,
            (ObjectNode) sums(Json.MAPPER.createObjectNode()).path("aggs"),
            page -> {
              Map<String, JsonNode> buckets = new LinkedHashMap<>();
              page.forEach(bucket -> buckets.put(Composite.key(bucket), bucket));
              List<Group> found = groups(query, buckets, false);
              if (!found.isEmpty()) {
                each.accept(found);
              }
            });
  }

  @Override
  public Set<Fingerprint> failing(Set<Fingerprint> exceptions) {
    Groups now = groups.current();
    Set<String> plain = new TreeSet<>();
    ObjectNode filters = Json.MAPPER.createObjectNode();
    for (Fingerprint exception : exceptions) {
      Fingerprint root = now.grouping().root(exception);
      if (now.queries().containsKey(root)) {
        filters.set(root.value(), now.query(root));
      } else if (!now.regrouped().contains(root)) {
        plain.add(root.value());
      }
    }
    Set<String> failing = new HashSet<>();
    if (!plain.isEmpty()) {
      aggregate(
              failed().any("fingerprint", plain),
              Aggregation.terms("fingerprint", checked(plain.size())))
          .forEach(bucket -> failing.add(bucket.path("key").asString()));
    }
    if (!filters.isEmpty()) {
      aggregate(
              failed().any("fingerprint", now.regroupedValues()),
              Json.object("filters", Json.object("filters", filters)))
          .properties()
          .forEach(
              bucket -> {
                if (bucket.getValue().path("doc_count").asLong() > 0) {
                  failing.add(bucket.getKey());
                }
              });
    }
    return exceptions.stream()
        .filter(exception -> failing.contains(now.grouping().root(exception).value()))
        .collect(Collectors.toSet());
  }

  @Override
  public Optional<Group> group(Fingerprint exception) {
    Groups now = groups.current();
    Fingerprint root = now.grouping().root(exception);
    return now.queries().containsKey(root) || now.regrouped().contains(root)
        ? regrouped.one(failed(), root, now)
        : groups(failed().and(now.query(root)), 1).stream().findFirst();
  }

  @Override
  public Optional<Group> part(Fingerprint exception, SplitCondition condition) {
    Groups now = groups.current();
    return regrouped.one(
        failed().and(Groups.query(condition)), now.grouping().root(exception), now);
  }

  @Override
  public Map<Fingerprint, List<Point>> histories(
      Set<Fingerprint> fingerprints, Instant from, Instant to, Duration step) {
    if (fingerprints.isEmpty()) {
      return Map.of();
    }
    Steps steps = Steps.of(from, to, step);
    Groups now = groups.current();
    Set<String> plain = new TreeSet<>();
    ObjectNode filters = Json.MAPPER.createObjectNode();
    for (Fingerprint fingerprint : fingerprints) {
      Fingerprint root = now.grouping().root(fingerprint);
      if (now.queries().containsKey(root)) {
        filters.set(root.value(), now.query(root));
      } else {
        plain.add(root.value());
      }
    }
    Map<String, Map<Long, Long>> counts = new HashMap<>();
    Query window = failed().between("failed_at", steps.start(), to);
    if (!plain.isEmpty()) {
      ObjectNode groups = Aggregation.terms("fingerprint", checked(plain.size()));
      aggregate(window.copy().any("fingerprint", plain), steps(groups, step))
          .forEach(
              bucket ->
                  counts.put(bucket.path("key").asString(), Steps.counts(bucket.path("steps"))));
    }
    if (!filters.isEmpty()) {
      ObjectNode groups = Json.object("filters", Json.object("filters", filters));
      aggregate(window, steps(groups, step))
          .properties()
          .forEach(
              bucket -> counts.put(bucket.getKey(), Steps.counts(bucket.getValue().path("steps"))));
    }
    Map<Fingerprint, List<Point>> histories = new HashMap<>();
    for (Fingerprint fingerprint : fingerprints) {
      Map<Long, Long> own = counts.getOrDefault(now.grouping().root(fingerprint).value(), Map.of());
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
                failed().and(groups.current().query(fingerprint)).build(),
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

  private static Query failed() {
    return new Query().is("failed", true);
  }

  /** Which failures simply belong to the exception that their fingerprint names. */
  private static ObjectNode untouched(Groups now) {
    return Query.not(Query.terms("fingerprint", new TreeSet<>(now.regroupedValues())));
  }

  private static ObjectNode steps(ObjectNode groups, Duration step) {
    return Aggregation.with(groups, "steps", Aggregation.histogram("failed_at", step, "+0ms"));
  }

  private JsonNode aggregate(Query query, ObjectNode groups) {
    return search
        .aggregate(search.schema().messages().all(), query.build(), Json.object("groups", groups))
        .path("groups")
        .path("buckets");
  }

  private List<Group> groups(Query query, int limit) {
    ObjectNode groups = sums(Aggregation.terms("fingerprint", checked(limit)));
    Map<String, JsonNode> buckets = new LinkedHashMap<>();
    aggregate(query, groups).forEach(b -> buckets.put(b.path("key").asString(), b));
    return groups(query, buckets, buckets.size() < limit);
  }

  private List<Group> groups(Query query, Map<String, JsonNode> buckets, boolean all) {
    Map<String, Message> newest = new NewestFailures(search, query).of(buckets, all);
    List<Group> found = new ArrayList<>();
    buckets.forEach(
        (fingerprint, bucket) -> {
          Message sample = newest.get(fingerprint);
          // One that is not there any more was mended between the two searches.
          if (sample != null) {
            found.add(group(new Fingerprint(fingerprint), bucket, sample));
          }
        });
    return found;
  }

  /** What is added up of each group. */
  static ObjectNode sums(ObjectNode groups) {
    Aggregation.with(groups, "money", Aggregation.money());
    Aggregation.with(groups, "oldest", Aggregation.min("captured_at"));
    Aggregation.with(groups, "first", Aggregation.min("failed_at"));
    Aggregation.with(groups, "last", Aggregation.max("failed_at"));
    return Aggregation.with(
        groups,
        "stores",
        Json.object("cardinality", Json.object("field", "store_id", "precision_threshold", 3_000)));
  }

  static Group group(Fingerprint exception, JsonNode bucket, Message sample) {
    return new Group(
        exception,
        sample.workflow(),
        sample.target(),
        sample.failure().orElseThrow(),
        sample.id(),
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
