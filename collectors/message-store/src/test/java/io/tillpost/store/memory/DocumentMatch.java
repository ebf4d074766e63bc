package io.tillpost.store.memory;

import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentKind.FieldType;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.SearchWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether a document is asked for, and by what it is sorted. */
final class DocumentMatch {
  private final Map<String, FieldType> fields;
  private final String kind;
  private final List<String> searched;

  DocumentMatch(DocumentKind<?> kind) {
    this.kind = kind.name();
    fields = kind.fields();
    searched = kind.searched();
  }

  /**
   * Checks that the query asks for fields that the kind has.
   *
   * @throws IllegalArgumentException if it does not; a fault of the caller
   */
  void check(DocumentQuery query) {
    query.conditions().forEach(this::check);
    if (query.sortBy() != null
        && Set.of(FieldType.TEXT, FieldType.BOOLEAN).contains(type(query.sortBy()))) {
      throw new IllegalArgumentException(query.sortBy() + " is not a field to sort by");
    }
  }

  private void check(Condition condition) {
    if (!(condition instanceof Condition.Text)) {
      type(field(condition));
    } else if (searched.isEmpty()) {
      throw new IllegalArgumentException("Texts of the kind " + kind + " are not searched");
    }
  }

  void checkKeyword(String field) {
    if (type(field) != FieldType.KEYWORD) {
      throw new IllegalArgumentException(field + " is not a KEYWORD field");
    }
  }

  boolean matches(DocumentQuery query, JsonNode document) {
    return query.conditions().stream().allMatch(condition -> holds(condition, document));
  }

  /** A text or a whole number; null where the document has no such value. */
  @Nullable Object sortValue(JsonNode document, String field) {
    List<String> texts = texts(document, field);
    if (texts.isEmpty()) {
      return null;
    }
    return switch (type(field)) {
      case LONG -> Long.valueOf(texts.getFirst());
      case DATE -> Instant.parse(texts.getFirst()).toEpochMilli();
      case KEYWORD, TEXT, BOOLEAN -> texts.getFirst();
    };
  }

  /** The values at a path, arrays taken apart, as text. */
  static List<String> texts(JsonNode document, String field) {
    List<JsonNode> nodes = List.of(document);
    for (String member : field.split("\\.", -1)) {
      nodes = nodes.stream().flatMap(node -> flat(node.path(member)).stream()).toList();
    }
    return nodes.stream().filter(JsonNode::isValueNode).map(JsonNode::asString).toList();
  }

  private static List<JsonNode> flat(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    if (!node.isArray()) {
      return List.of(node);
    }
    List<JsonNode> elements = new ArrayList<>();
    node.forEach(element -> elements.addAll(flat(element)));
    return elements;
  }

  private boolean hasText(String words, JsonNode document) {
    Set<String> kept =
        SearchWords.ofTexts(
            searched.stream().flatMap(member -> texts(document, member).stream()).toList());
    return SearchWords.askedOfTexts(words).stream()
        .allMatch(word -> SearchWords.matches(word, kept));
  }

  private boolean holds(Condition condition, JsonNode document) {
    if (condition instanceof Condition.Text text) {
      return hasText(text.words(), document);
    }
    List<String> values = texts(document, field(condition));
    return switch (condition) {
      case Condition.AnyOf anyOf -> values.stream().anyMatch(anyOf.values()::contains);
      case Condition.NoneOf noneOf -> values.stream().noneMatch(noneOf.values()::contains);
      case Condition.Between between ->
          values.stream().map(Instant::parse).anyMatch(time -> within(time, between));
      case Condition.AtMost atMost ->
          values.stream().anyMatch(value -> Long.parseLong(value) <= atMost.value());
      case Condition.Words words -> hasWords(words.words(), values);
      case Condition.Missing missing -> values.isEmpty();
      case Condition.Text _ -> throw new IllegalStateException("Looked at above");
    };
  }

  private static boolean within(Instant time, Condition.Between between) {
    return (between.from() == null || !time.isBefore(between.from()))
        && (between.to() == null || time.isBefore(between.to()));
  }

  private static boolean hasWords(String asked, List<String> texts) {
    TreeSet<String> kept = new TreeSet<>();
    texts.forEach(text -> kept.addAll(words(text)));
    List<String> words = words(asked);
    return words.isEmpty()
        || (kept.containsAll(words.subList(0, words.size() - 1))
            && kept.stream().anyMatch(word -> word.startsWith(words.getLast())));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}_]+", -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private FieldType type(String field) {
    FieldType type = fields.get(field);
    if (type == null) {
      throw new IllegalArgumentException("Documents of kind " + kind + " have no field " + field);
    }
    return type;
  }

  private static String field(Condition condition) {
    return switch (condition) {
      case Condition.AnyOf anyOf -> anyOf.field();
      case Condition.NoneOf noneOf -> noneOf.field();
      case Condition.Between between -> between.field();
      case Condition.AtMost atMost -> atMost.field();
      case Condition.Words words -> words.field();
      case Condition.Missing missing -> missing.field();
      case Condition.Text _ -> throw new IllegalStateException("A text has no field");
    };
  }
}
