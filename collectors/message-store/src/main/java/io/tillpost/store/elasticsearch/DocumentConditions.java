package io.tillpost.store.elasticsearch;

import io.tillpost.store.Cursor;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentKind.FieldType;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.SearchWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns a query for documents of a kind into a search. */
final class DocumentConditions {
  private final String kind;
  private final Map<String, FieldType> fields;
  private final boolean isSearched;

  DocumentConditions(DocumentKind<?> kind) {
    this.kind = kind.name();
    fields = kind.fields();
    isSearched = !kind.searched().isEmpty();
  }

  /**
   * The condition of the query.
   *
   * @throws IllegalArgumentException if it asks for a field that the kind does not have
   */
  ObjectNode condition(DocumentQuery query) {
    Query condition = new Query();
    for (Condition one : query.conditions()) {
      switch (one) {
        case Condition.AnyOf(String field, var values) ->
            condition.and(Query.terms(known(field), values));
        case Condition.NoneOf(String field, var values) ->
            condition.and(Query.not(Query.terms(known(field), values)));
        case Condition.Between(String field, var from, var to) ->
            condition.between(known(field), from, to);
        case Condition.AtMost(String field, long value) ->
            condition.and(
                Json.object("range", Json.object(known(field), Json.object("lte", value))));
        case Condition.Words(String field, String words) -> condition.and(words(field, words));
        case Condition.Text(String words) -> text(condition, words);
        case Condition.Missing(String field) ->
            condition.and(Query.not(Query.exists(known(field))));
      }
    }
    return condition.build();
  }

  /** The search without its size. */
  ObjectNode search(DocumentQuery query) {
    return search(query, after(query));
  }

  /** The sort values after which the query begins, or null where it begins at the start. */
  @Nullable ArrayNode after(DocumentQuery query) {
    String after = query.after();
    return after == null ? null : Cursor.read(after, query.sortBy() == null ? 1 : 2);
  }

  /** The search after these sort values, or from the start where they are null. */
  ObjectNode search(DocumentQuery query, @Nullable ArrayNode after) {
    ArrayNode sort = Json.array();
    if (query.sortBy() != null) {
      sort.add(Json.object(sortable(query.sortBy()), order(query)));
    }
    sort.add(Json.object(DocumentIndex.ID_FIELD, "asc"));
    ObjectNode search = Json.object("query", condition(query), "sort", sort);
    if (after != null) {
      search.set("search_after", after);
    }
    List<String> without = new ArrayList<>(query.without());
    if (isSearched) {
      without.add(DocumentIndex.WORDS_FIELD);
    }
    if (!without.isEmpty()) {
      search.set("_source", Json.object("excludes", without));
    }
    return search;
  }

  /** The first so many of each bucket, in the order of the query. */
  ObjectNode first(DocumentQuery query, int each) {
    ObjectNode search = search(query, null);
    search.remove("query");
    return search.put("size", each).put("seq_no_primary_term", true);
  }

  void checkKeyword(String field) {
    if (type(field) != FieldType.KEYWORD) {
      throw new IllegalArgumentException(field + " is not a KEYWORD field");
    }
  }

  private static ObjectNode order(DocumentQuery query) {
    return Json.object("order", query.descending() ? "desc" : "asc", "missing", "_last");
  }

  private ObjectNode words(String field, String words) {
    return words.isBlank()
        ? Json.object("match_all", Json.MAPPER.createObjectNode())
        : Json.object(
            "match_bool_prefix",
            Json.object(known(field), Json.object("query", words, "operator", "and")));
  }

  private void text(Query condition, String words) {
    if (!isSearched) {
      throw new IllegalArgumentException("Texts of the kind " + kind + " are not searched");
    }
    SearchWords.askedOfTexts(words)
        .forEach(word -> condition.and(Query.word(word, DocumentIndex.WORDS_FIELD)));
  }

  private String sortable(String field) {
    FieldType type = type(field);
    if (type == FieldType.TEXT || type == FieldType.BOOLEAN) {
      throw new IllegalArgumentException(field + " is not a field to sort by");
    }
    return field;
  }

  private String known(String field) {
    type(field);
    return field;
  }

  private FieldType type(String field) {
    FieldType type = fields.get(field);
    if (type == null) {
      throw new IllegalArgumentException("Documents of kind " + kind + " have no field " + field);
    }
    return type;
  }
}
