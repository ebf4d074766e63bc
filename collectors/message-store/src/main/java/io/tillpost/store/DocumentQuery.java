package io.tillpost.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which documents of a kind, in which order. All conditions must hold.
 *
 * @param conditions on fields of the {@link DocumentKind}
 * @param sortBy a KEYWORD, LONG or DATE field, or null for any order; ties are broken by id
 * @param descending highest or latest first
 * @param size 1 to 10,000
 * @param after {@link Page#next} of the part before, or null for the first
 * @param without members of the JSON (not nested ones) that are not read, as where they are large
 *     and only a list is shown; the type of the kind has to do without them
 */
public record DocumentQuery(
    List<Condition> conditions,
    @Nullable String sortBy,
    boolean descending,
    int size,
    @Nullable String after,
    Set<String> without) {
  /** The first 1,000 documents in any order. */
  public static final DocumentQuery ALL =
      new DocumentQuery(List.of(), null, false, 1_000, null, Set.of());

  public DocumentQuery {
    checkPart(size);
    conditions = List.copyOf(conditions);
    without = Set.copyOf(without);
  }

  /** Throws where no part of an answer may be of that size. */
  public static void checkPart(int size) {
    if (size < 1 || size > 10_000) {
      throw new IllegalArgumentException("A page has 1 to 10,000 documents");
    }
  }

  /** The values of the field that are asked for; empty where it is not asked for any of some. */
  public Optional<Set<String>> asked(String field) {
    return conditions.stream()
        .flatMap(
            one ->
                one instanceof Condition.AnyOf any && any.field().equals(field)
                    ? Stream.of(any.values())
                    : Stream.empty())
        .findFirst();
  }

  /** A condition on one field. */
  public sealed interface Condition {
    /** The field (KEYWORD, LONG as digits, BOOLEAN as true or false) has any of these values. */
    record AnyOf(String field, Set<String> values) implements Condition {
      public AnyOf {
        values = Set.copyOf(values);
      }
    }

    /** The field (as above) has none of these values; so too where it has no value at all. */
    record NoneOf(String field, Set<String> values) implements Condition {
      public NoneOf {
        values = Set.copyOf(values);
      }
    }

    /** The DATE field lies at or after the first and before the second moment; null is open. */
    record Between(String field, @Nullable Instant from, @Nullable Instant to)
        implements Condition {}

    /** The LONG field has a value, which is not greater. */
    record AtMost(String field, long value) implements Condition {}

    /** The TEXT field has all these words, the last one also as a beginning. */
    record Words(String field, String words) implements Condition {}

    /**
     * All these words are among those of the {@linkplain DocumentKind#searched searched members}
     * taken together, in any order and case; see {@link SearchWords#matches}. Without a letter or
     * digit it asks for nothing.
     */
    record Text(String words) implements Condition {}

    /** The field has no value. */
    record Missing(String field) implements Condition {}
  }

  /** The same where the field has this value too. */
  public DocumentQuery where(String field, String value) {
    return and(new Condition.AnyOf(field, Set.of(value)));
  }

  /** The same where this holds too. */
  public DocumentQuery and(Condition condition) {
    List<Condition> all = new ArrayList<>(conditions);
    all.add(condition);
    return new DocumentQuery(all, sortBy, descending, size, after, without);
  }

  /** The same, sorted by this field. */
  public DocumentQuery sorted(String field, boolean newDescending) {
    return new DocumentQuery(conditions, field, newDescending, size, after, without);
  }

  /** The same, this many from there on. */
  public DocumentQuery page(int newSize, @Nullable String newAfter) {
    return new DocumentQuery(conditions, sortBy, descending, newSize, newAfter, without);
  }

  /** The same, with these members not read. */
  public DocumentQuery without(Set<String> members) {
    return new DocumentQuery(conditions, sortBy, descending, size, after, members);
  }
}
