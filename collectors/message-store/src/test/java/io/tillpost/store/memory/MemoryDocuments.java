package io.tillpost.store.memory;

import io.tillpost.store.Cursor;
import io.tillpost.store.DocumentCodec;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents;
import io.tillpost.store.Page;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps what was written as text and read again, so that what cannot be written as JSON or read
 * from it shows in every test.
 */
final class MemoryDocuments<T> implements Documents<T> {
  private static final JsonMapper JSON = new JsonMapper();

  private final Memory memory;
  private final DocumentCodec<T> codec;
  private final DocumentMatch match;
  private final Map<String, Entry> entries = new TreeMap<>();
  private long versions;

  MemoryDocuments(Memory memory, DocumentKind<T> kind) {
    this.memory = memory;
    codec = new DocumentCodec<>(kind);
    match = new DocumentMatch(kind);
  }

  @Override
  public synchronized boolean create(String id, T value) {
    Entry entry = entry(id, value);
    return entries.putIfAbsent(id, entry) == null;
  }

  @Override
  public synchronized Set<String> createAll(Map<String, T> values) {
    Set<String> there = new TreeSet<>();
    values.forEach(
        (id, value) -> {
          if (!create(id, value)) {
            there.add(id);
          }
        });
    return there;
  }

  @Override
  public synchronized Optional<Versioned<T>> get(String id) {
    memory.checkAnswers();
    return Optional.ofNullable(entries.get(checked(id))).map(entry -> versioned(id, entry));
  }

  @Override
  public synchronized boolean replace(Versioned<T> expected, T value) {
    Entry entry = entry(expected.id(), value);
    Entry now = entries.get(expected.id());
    if (now == null || !now.version().equals(expected.version())) {
      return false;
    }
    entries.put(expected.id(), entry);
    return true;
  }

  @Override
  public synchronized Set<String> replaceAll(Collection<Replacement<T>> replacements) {
    Set<String> conflicts = new TreeSet<>();
    for (Replacement<T> one : replacements) {
      if (!replace(one.expected(), one.value())) {
        conflicts.add(one.expected().id());
      }
    }
    return conflicts;
  }

  @Override
  public synchronized boolean remove(Versioned<T> expected) {
    memory.checkAnswers();
    Entry now = entries.get(checked(expected.id()));
    if (now == null || !now.version().equals(expected.version())) {
      return false;
    }
    entries.remove(expected.id());
    return true;
  }

  @Override
  public synchronized void put(String id, T value) {
    entries.put(id, entry(id, value));
  }

  @Override
  public synchronized void removeAll(Set<String> ids) {
    memory.checkAnswers();
    ids.forEach(id -> entries.remove(checked(id)));
  }

  @Override
  public synchronized Page<Versioned<T>> find(DocumentQuery query) {
    match.check(query);
    Comparator<SortKey> order = order(query);
    SortKey after = query.after() == null ? null : SortKey.read(query);
    List<SortKey> all =
        matching(query).keySet().stream().map(id -> key(query, id)).sorted(order).toList();
    List<SortKey> rest =
        all.stream()
            .filter(key -> after == null || order.compare(key, after) > 0)
            .limit(query.size() + 1L)
            .toList();
    List<SortKey> items = rest.size() > query.size() ? rest.subList(0, query.size()) : rest;
    return new Page<>(
        items.stream()
            .map(key -> versioned(key.id(), entries.get(key.id()), query.without()))
            .toList(),
        all.size(),
        rest.size() > query.size() ? items.getLast().cursor(query) : null);
  }

  @Override
  public synchronized long count(DocumentQuery query) {
    match.check(query);
    return matching(query).size();
  }

  @Override
  public synchronized Map<String, Long> countBy(String field, DocumentQuery query) {
    match.check(query);
    match.checkKeyword(field);
    Map<String, Long> counts = new HashMap<>();
    matching(query)
        .values()
        .forEach(
            json ->
                Set.copyOf(DocumentMatch.texts(json, field))
                    .forEach(value -> counts.merge(value, 1L, Long::sum)));
    Map<String, Long> ordered = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(10_000)
        .forEach(e -> ordered.put(e.getKey(), e.getValue()));
    return ordered;
  }

  @Override
  public void eachValue(String field, int part, DocumentQuery query, Consumer<Set<String>> each) {
    DocumentQuery.checkPart(part);
    List<String> values = List.copyOf(values(field, query));
    for (int from = 0; from < values.size(); from += part) {
      each.accept(Set.copyOf(values.subList(from, Math.min(values.size(), from + part))));
    }
  }

  private synchronized Set<String> values(String field, DocumentQuery query) {
    match.check(query);
    match.checkKeyword(field);
    Set<String> values = new TreeSet<>();
    matching(query).values().forEach(json -> values.addAll(DocumentMatch.texts(json, field)));
    return values;
  }

  @Override
  public synchronized Map<String, Map<String, Long>> countBy(
      String field, String within, DocumentQuery query) {
    match.check(query);
    match.checkKeyword(field);
    match.checkKeyword(within);
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    countBy(field, query).keySet().stream()
        .limit(1_000)
        .forEach(value -> counts.put(value, countBy(within, query.where(field, value))));
    return counts;
  }

  @Override
  public synchronized Map<String, List<Versioned<T>>> firstOf(
      String field, int each, DocumentQuery query) {
    match.check(query);
    match.checkKeyword(field);
    if (each < 1 || each > 100) {
      throw new IllegalArgumentException("1 to 100 documents for each value");
    }
    Map<String, List<Versioned<T>>> first = new LinkedHashMap<>();
    Optional<Set<String>> asked = query.asked(field);
    countBy(field, query).keySet().stream()
        .filter(value -> asked.isEmpty() || asked.get().contains(value))
        .forEach(
            value -> first.put(value, find(query.where(field, value).page(each, null)).items()));
    return first;
  }

  private Map<String, JsonNode> matching(DocumentQuery query) {
    memory.checkAnswers();
    Map<String, JsonNode> matching = new LinkedHashMap<>();
    entries.forEach(
        (id, entry) -> {
          if (match.matches(query, entry.json())) {
            matching.put(id, entry.json());
          }
        });
    return matching;
  }

  private SortKey key(DocumentQuery query, String id) {
    return query.sortBy() == null
        ? new SortKey(null, id)
        : new SortKey(match.sortValue(entries.get(id).json(), query.sortBy()), id);
  }

  private static Comparator<SortKey> order(DocumentQuery query) {
    Comparator<Comparable<Object>> values =
        query.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
    return Comparator.comparing(SortKey::comparable, Comparator.nullsLast(values))
        .thenComparing(SortKey::id);
  }

  private Entry entry(String id, T value) {
    memory.checkAnswers();
    checked(id);
    String text = codec.write(value).toString();
    return new Entry((ObjectNode) JSON.readTree(text), Long.toString(++versions));
  }

  private Versioned<T> versioned(String id, Entry entry) {
    return versioned(id, entry, Set.of());
  }

  private Versioned<T> versioned(String id, Entry entry, Set<String> without) {
    ObjectNode json = entry.json();
    if (!without.isEmpty()) {
      json = json.deepCopy();
      json.remove(without);
    }
    return new Versioned<>(id, codec.read(json), entry.version());
  }

  private static String checked(String id) {
    int bytes = id.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > 512) {
      throw new IllegalArgumentException("A document id has 1 to 512 bytes");
    }
    return id;
  }

  /**
   * @param json read from its text once: a search looks at all of them
   */
  private record Entry(ObjectNode json, String version) {}

  /** Where a document stands in the list: missing values last. */
  private record SortKey(@Nullable Object value, String id) {
    static SortKey read(DocumentQuery query) {
      List<@Nullable Object> values = Cursor.values(query.after(), query.sortBy() == null ? 1 : 2);
      return new SortKey(values.size() == 1 ? null : values.getFirst(), (String) values.getLast());
    }

    String cursor(DocumentQuery query) {
      return query.sortBy() == null
          ? Cursor.of(List.of(id))
          : Cursor.of(java.util.Arrays.asList(value, id));
    }

    // Texts or whole numbers, the same for all documents of a list.
    @SuppressWarnings("unchecked")
    @Nullable Comparable<Object> comparable() {
      return (Comparable<Object>) value;
    }
  }
}
