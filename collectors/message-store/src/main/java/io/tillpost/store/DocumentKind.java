package io.tillpost.store;

import java.util.List;
import java.util.Map;

/**
 * A collection of documents of one record type. Documents are kept as JSON with the record's
 * components in snake_case (instants as ISO 8601, enums by name, empty optionals as absent);
 * unknown members are ignored when read, so that a kind may grow.
 *
 * @param name lower case with hyphens, like {@code recovery-operations}
 * @param type a record that Jackson can write and read
 * @param fields what can be asked for, by its name in the JSON (snake_case, dots for nested
 *     members)
 * @param visibleAtOnce whether a write is seen by {@link Documents#find} when it returns; otherwise
 *     within a second. For documents that people write one by one.
 * @param searched members of the JSON (not nested ones) whose words can be asked for together, see
 *     {@link DocumentQuery.Condition.Text}; kept beside a document, never in its record. Where a
 *     kind has others than before, see {@link Documents#keepWords}.
 */
public record DocumentKind<T>(
    String name,
    Class<T> type,
    Map<String, FieldType> fields,
    boolean visibleAtOnce,
    List<String> searched) {
  /** How a field is compared. */
  public enum FieldType {
    /** As a whole, case counts; up to 1,024 characters are indexed. */
    KEYWORD,
    /** Word by word, for search. */
    TEXT,
    LONG,
    BOOLEAN,
    /** ISO 8601. */
    DATE
  }

  public DocumentKind {
    fields = Map.copyOf(fields);
    searched = List.copyOf(searched);
  }

  /** A kind in which no texts are searched together. */
  public DocumentKind(
      String name, Class<T> type, Map<String, FieldType> fields, boolean visibleAtOnce) {
    this(name, type, fields, visibleAtOnce, List.of());
  }
}
