package io.tillpost.store.elasticsearch;

import io.tillpost.store.Cursor;
import io.tillpost.store.DocumentCodec;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents;
import io.tillpost.store.Page;
import io.tillpost.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents of one kind, in one index of their own. */
final class ElasticsearchDocuments<T> implements Documents<T> {
  /** So many, or so many bytes, are created with one request. */
  private static final int PART = 1_000;

  private static final int PART_BYTES = 2 * 1024 * 1024;

  private final DocumentIndex index;
  private final DocumentCodec<T> codec;
  private final DocumentConditions conditions;
  private final KeptWords words;
  private final Http http;
  private final Search search;
  private final Bulk bulk;
  private final boolean refresh;

  ElasticsearchDocuments(
      DocumentKind<T> kind, DocumentIndex index, Http http, Search search, Bulk bulk) {
    this.index = index;
    this.http = http;
    this.search = search;
    this.bulk = bulk;
    codec = new DocumentCodec<>(kind);
    conditions = new DocumentConditions(kind);
    words = new KeptWords(kind, index, search, bulk);
    refresh = kind.visibleAtOnce();
  }

  @Override
  public boolean create(String id, T value) {
    return write("create", id, value, null);
  }

  @Override
  public Set<String> createAll(Map<String, T> values) {
    Set<String> there = new ConcurrentSkipListSet<>();
    Abreast parts = new Abreast();
    try {
      BulkBody<String> body = new BulkBody<>();
      for (Map.Entry<String, T> entry : values.entrySet()) {
        add(body, "create", entry.getKey(), entry.getValue(), null);
        body = sentIfFull(body, parts, there);
      }
      send(body, there);
    } finally {
      parts.end();
    }
    return there;
  }

  @Override
  public Set<String> replaceAll(Collection<Replacement<T>> replacements) {
    Set<String> conflicts = new ConcurrentSkipListSet<>();
    Abreast parts = new Abreast();
    try {
      BulkBody<String> body = new BulkBody<>();
      for (Replacement<T> one : replacements) {
        Versioned<T> expected = one.expected();
        add(body, "index", expected.id(), one.value(), DocumentVersion.read(expected.version()));
        body = sentIfFull(body, parts, conflicts);
      }
      send(body, conflicts);
    } finally {
      parts.end();
    }
    return conflicts;
  }

  /** The body to go on with. */
  private BulkBody<String> sentIfFull(BulkBody<String> body, Abreast parts, Set<String> conflicts) {
    if (body.keys().size() < PART && body.size() < PART_BYTES) {
      return body;
    }
    parts.begin(() -> send(body, conflicts));
    return new BulkBody<>();
  }

  @Override
  public Optional<Versioned<T>> get(String id) {
    return Optional.ofNullable(getAll(List.of(id)).get(id));
  }

  @Override
  public Map<String, Versioned<T>> getAll(Collection<String> ids) {
    Map<String, Versioned<T>> found = new HashMap<>();
    List<String> all = ids.stream().map(DocumentIds::checked).toList();
    for (int from = 0; from < all.size(); from += PART) {
      List<String> part = all.subList(from, Math.min(all.size(), from + PART));
      JsonNode documents =
          http.read("/" + index.name() + "/_mget", Map.of(), Json.object("ids", part)).path("docs");
      for (JsonNode document : documents) {
        if (document.has("error")) {
          throw Http.refused(new Http.Answer(503, document));
        }
        if (document.path("found").asBoolean(false)) {
          String id = document.path("_id").asString();
          found.put(id, versioned(id, document));
        }
      }
    }
    return found;
  }

  @Override
  public boolean replace(Versioned<T> expected, T value) {
    return write("index", expected.id(), value, DocumentVersion.read(expected.version()));
  }

  @Override
  public boolean remove(Versioned<T> expected) {
    BulkBody<String> body = new BulkBody<>();
    body.delete(
        expected.id(),
        new BulkBody.Target(
            index.name(),
            DocumentIds.checked(expected.id()),
            DocumentVersion.read(expected.version())));
    return !removed(body).isEmpty();
  }

  @Override
  public void removeUnchanged(Collection<Versioned<T>> expected) {
    BulkBody<String> body = new BulkBody<>();
    expected.forEach(
        one ->
            body.delete(
                one.id(),
                new BulkBody.Target(
                    index.name(),
                    DocumentIds.checked(one.id()),
                    DocumentVersion.read(one.version()))));
    removed(body);
  }

  /** The ids of those that are gone now; those that somebody changed since are not. */
  private Set<String> removed(BulkBody<String> body) {
    Set<String> removed = new TreeSet<>();
    for (Bulk.Outcome<String> outcome : bulk.write(body, refresh)) {
      if (outcome.isDone()) {
        removed.add(outcome.key());
      } else if (!outcome.isConflict() && outcome.status() != 404) {
        throw new StoreUnavailableException("Not removed: " + outcome.reason(), null);
      }
    }
    return removed;
  }

  @Override
  public void put(String id, T value) {
    write("index", id, value, null);
  }

  @Override
  public void removeAll(Set<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    BulkBody<String> body = new BulkBody<>();
    ids.forEach(
        id -> body.delete(id, new BulkBody.Target(index.name(), DocumentIds.checked(id), null)));
    for (Bulk.Outcome<String> outcome : bulk.write(body, refresh)) {
      if (!outcome.isDone() && outcome.status() != 404) {
        throw new StoreUnavailableException("Not removed: " + outcome.reason(), null);
      }
    }
  }

  @Override
  public Page<Versioned<T>> find(DocumentQuery query) {
    ObjectNode body = conditions.search(query);
    body.put("size", query.size() + 1).put("seq_no_primary_term", true);
    JsonNode found = search.in(index.name(), body).path("hits");
    List<Versioned<T>> items = new ArrayList<>();
    String next = null;
    for (JsonNode hit : found.path("hits")) {
      if (items.size() == query.size()) {
        next = Cursor.of(found.path("hits").get(items.size() - 1).path("sort"));
        break;
      }
      items.add(versioned(hit.path("_id").asString(), hit));
    }
    return new Page<>(items, found.path("total").path("value").asLong(0), next);
  }

  @Override
  public void findAll(DocumentQuery query, Consumer<List<Versioned<T>>> each) {
    new ReadAhead(search)
        .each(
            index.name(),
            after -> {
              ObjectNode body = conditions.search(query, after);
              return body.put("seq_no_primary_term", true);
            },
            conditions.after(query),
            query.size(),
            hits -> {
              List<Versioned<T>> items = new ArrayList<>();
              hits.forEach(hit -> items.add(versioned(hit.path("_id").asString(), hit)));
              each.accept(items);
              return true;
            });
  }

  @Override
  public long count(DocumentQuery query) {
    return search.count(index.name(), conditions.condition(query));
  }

  @Override
  public Map<String, Long> countBy(String field, DocumentQuery query) {
    conditions.checkKeyword(field);
    Map<String, Long> counts = new LinkedHashMap<>();
    buckets(query, Aggregation.terms(field, 10_000))
        .forEach(b -> counts.put(b.path("key").asString(), b.path("doc_count").asLong()));
    return counts;
  }

  @Override
  public void eachValue(String field, int part, DocumentQuery query, Consumer<Set<String>> each) {
    conditions.checkKeyword(field);
    DocumentQuery.checkPart(part);
    new Composite(search, index.name(), conditions.condition(query))
        .pages(
            field,
            part,
            Json.MAPPER.createObjectNode(),
            buckets -> {
              Set<String> values = new TreeSet<>();
              buckets.forEach(bucket -> values.add(Composite.key(bucket)));
              each.accept(values);
            });
  }

  @Override
  public Map<String, Map<String, Long>> countBy(String field, String within, DocumentQuery query) {
    conditions.checkKeyword(field);
    conditions.checkKeyword(within);
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    buckets(
            query,
            Aggregation.with(
                Aggregation.terms(field, 1_000), "within", Aggregation.terms(within, 60)))
        .forEach(b -> counts.put(b.path("key").asString(), counts(b.path("within"))));
    return counts;
  }

  @Override
  public Map<String, List<Versioned<T>>> firstOf(String field, int each, DocumentQuery query) {
    conditions.checkKeyword(field);
    if (each < 1 || each > 100) {
      throw new IllegalArgumentException("1 to 100 documents for each value");
    }
    Map<String, List<Versioned<T>>> first = new LinkedHashMap<>();
    buckets(
            query,
            Aggregation.with(
                Aggregation.among(Aggregation.terms(field, 10_000), query.asked(field)),
                "first",
                Json.object("top_hits", conditions.first(query, each))))
        .forEach(
            b -> {
              List<Versioned<T>> documents = new ArrayList<>();
              b.path("first")
                  .path("hits")
                  .path("hits")
                  .forEach(hit -> documents.add(versioned(hit.path("_id").asString(), hit)));
              first.put(b.path("key").asString(), documents);
            });
    return first;
  }

  private JsonNode buckets(DocumentQuery query, ObjectNode byValue) {
    return search
        .aggregate(index.name(), conditions.condition(query), Json.object("values", byValue))
        .path("values")
        .path("buckets");
  }

  private static Map<String, Long> counts(JsonNode values) {
    Map<String, Long> counts = new LinkedHashMap<>();
    values
        .path("buckets")
        .forEach(b -> counts.put(b.path("key").asString(), b.path("doc_count").asLong()));
    return counts;
  }

  /** Whether it was written; false if the document was not as expected. */
  private boolean write(String action, String id, T value, BulkBody.@Nullable Version version) {
    BulkBody<String> body = new BulkBody<>();
    add(body, action, id, value, version);
    Set<String> there = new TreeSet<>();
    send(body, there);
    return there.isEmpty();
  }

  private void add(
      BulkBody<String> body,
      String action,
      String id,
      T value,
      BulkBody.@Nullable Version version) {
    ObjectNode json = codec.write(value).put(DocumentIndex.ID_FIELD, DocumentIds.checked(id));
    words.addTo(json);
    body.add(
        id,
        action,
        new BulkBody.Target(index.name(), id, version),
        Json.MAPPER.writeValueAsBytes(json));
  }

  @Override
  public long withoutWords() {
    return words.missing();
  }

  @Override
  public int keepWords(int most) {
    return words.keep(most);
  }

  private void send(BulkBody<String> body, Set<String> conflicts) {
    for (Bulk.Outcome<String> outcome : bulk.write(body, refresh)) {
      if (outcome.isConflict()) {
        conflicts.add(outcome.key());
      } else if (!outcome.isDone()) {
        throw new IllegalArgumentException(
            "Document " + outcome.key() + " does not fit its kind: " + outcome.reason());
      }
    }
  }

  private Versioned<T> versioned(String id, JsonNode document) {
    return new Versioned<>(id, codec.read(document.path("_source")), DocumentVersion.of(document));
  }
}
