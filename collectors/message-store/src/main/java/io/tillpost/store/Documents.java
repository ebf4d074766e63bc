package io.tillpost.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A collection of documents with ids chosen by the caller (1 to 512 bytes). {@link #create}, {@link
 * #get}, {@link #replace} and {@link #remove} are real-time and atomic per document: they never
 * decide on a search result. All methods throw {@link StoreUnavailableException} where the storage
 * does not answer; whether a write happened is then not known, and asking again is safe.
 */
public interface Documents<T> {
  /** Creates the document; false if there is one with this id already, which stays as it is. */
  boolean create(String id, T value);

  /**
   * Creates each document that is not there yet; returns the ids of those that were there already.
   */
  Set<String> createAll(Map<String, T> values);

  /** The document as it is now. */
  Optional<Versioned<T>> get(String id);

  /** Those of these documents that are there, as they are now, by id; several at a time. */
  default Map<String, Versioned<T>> getAll(Collection<String> ids) {
    Map<String, Versioned<T>> found = new HashMap<>();
    ids.forEach(id -> get(id).ifPresent(document -> found.put(id, document)));
    return found;
  }

  /** Replaces the document if nobody else has since; false if somebody has. */
  boolean replace(Versioned<T> expected, T value);

  /**
   * Replaces each of these documents that nobody else has replaced since; returns the ids of those
   * that somebody has. After an exception some may have been replaced.
   */
  Set<String> replaceAll(Collection<Replacement<T>> replacements);

  /** Removes the document if nobody has changed it since; false if somebody has, or removed it. */
  boolean remove(Versioned<T> expected);

  /** {@link #remove} of several, with few requests. */
  default void removeUnchanged(Collection<Versioned<T>> expected) {
    expected.forEach(this::remove);
  }

  /** Writes the document, whatever is there. For documents with one writer only. */
  void put(String id, T value);

  /**
   * Removes these documents; those that are not there are gone already. Not for what is
   * append-only.
   */
  void removeAll(Set<String> ids);

  /** The documents that match. */
  Page<Versioned<T>> find(DocumentQuery query);

  /**
   * Hands over all documents that match, in the query's order, in parts of the query's size; at
   * least one document each. The next part may be read while one is looked at.
   */
  default void findAll(DocumentQuery query, Consumer<List<Versioned<T>>> each) {
    String after = query.after();
    do {
      Page<Versioned<T>> page = find(query.page(query.size(), after));
      if (!page.items().isEmpty()) {
        each.accept(page.items());
      }
      after = page.next();
    } while (after != null);
  }

  /** How many match; exact. */
  long count(DocumentQuery query);

  /**
   * How many documents match for each value of a KEYWORD field; at most 10,000 values, most first.
   */
  Map<String, Long> countBy(String field, DocumentQuery query);

  /**
   * Hands over all values of a KEYWORD field that documents that match have, however many there
   * are: each once, in parts of at most {@code part} (1 to 10,000) and at least one, in any order.
   * The query's order, size and beginning do not matter.
   */
  void eachValue(String field, int part, DocumentQuery query, Consumer<Set<String>> each);

  /** How many documents {@link DocumentQuery.Condition.Text} cannot find yet. */
  default long withoutWords() {
    return 0;
  }

  /**
   * Makes documents findable by their words that were written before these were kept, or while
   * other members were searched; any number of consoles may do it at the same time. Each stays as
   * it is; only its version changes.
   *
   * @param most so many at once, 1 to 1,000
   * @return how many there were; 0 once none is left
   */
  default int keepWords(int most) {
    return 0;
  }

  /**
   * How many documents match for each value of a KEYWORD field and each value of another one; at
   * most 1,000 values of the first, those with most documents first, and 60 of the second each.
   */
  Map<String, Map<String, Long>> countBy(String field, String within, DocumentQuery query);

  /**
   * The first documents that match, in the query's order, for each value of a KEYWORD field; for at
   * most 10,000 values, those with most documents. Where the query asks for some values of that
   * field, for these alone, also of documents that have others. The query's size and beginning do
   * not matter.
   *
   * @param each 1 to 100 documents for a value
   */
  Map<String, List<Versioned<T>>> firstOf(String field, int each, DocumentQuery query);

  /**
   * A document as it was read.
   *
   * @param id chosen by the caller
   * @param version to be given back to {@link #replace}; opaque
   */
  record Versioned<T>(String id, T value, String version) {}

  /**
   * What is to become of a document.
   *
   * @param expected as it was read
   * @param value what it is to be
   */
  record Replacement<T>(Versioned<T> expected, T value) {}
}
