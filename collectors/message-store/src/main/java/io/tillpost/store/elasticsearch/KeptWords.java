package io.tillpost.store.elasticsearch;

import io.tillpost.store.DocumentKind;
import io.tillpost.store.SearchWords;
import io.tillpost.store.StoreUnavailableException;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The words of documents of one kind, kept beside each of them in its source. No record has them,
 * so nothing that is read of a document changes by them.
 */
final class KeptWords {
  private final List<String> searched;
  private final String of;
  private final DocumentIndex index;
  private final Search search;
  private final Bulk bulk;

  KeptWords(DocumentKind<?> kind, DocumentIndex index, Search search, Bulk bulk) {
    searched = kind.searched();
    of = String.join(" ", searched);
    this.index = index;
    this.search = search;
    this.bulk = bulk;
  }

  /** Adds its words to the source of a document; nothing where none are kept. */
  void addTo(ObjectNode source) {
    if (searched.isEmpty()) {
      return;
    }
    ArrayNode words = Json.array();
    SearchWords.ofTexts(searched.stream().flatMap(member -> texts(source.path(member))).toList())
        .forEach(words::add);
    source.set(DocumentIndex.WORDS_FIELD, words);
    source.put(DocumentIndex.WORDS_OF_FIELD, of);
  }

  private static Stream<String> texts(JsonNode value) {
    if (value.isArray()) {
      return value.valueStream().flatMap(KeptWords::texts);
    }
    return value.isValueNode() && !value.isNull() ? Stream.of(value.asString()) : Stream.empty();
  }

  /** How many documents do not have theirs. */
  long missing() {
    return searched.isEmpty() ? 0 : search.count(index.name(), older());
  }

  /** Writes so many of them again with their words. */
  int keep(int most) {
    if (searched.isEmpty()) {
      return 0;
    }
    ObjectNode some = Json.object("query", older(), "size", most, "seq_no_primary_term", true);
    JsonNode hits = search.in(index.name(), some).path("hits").path("hits");
    BulkBody<String> body = new BulkBody<>();
    for (JsonNode hit : hits) {
      // As it was read, with what a newer kind may have that this one does not know.
      ObjectNode source = (ObjectNode) hit.path("_source");
      addTo(source);
      String id = hit.path("_id").asString();
      body.add(
          id,
          "index",
          new BulkBody.Target(index.name(), id, DocumentVersion.read(DocumentVersion.of(hit))),
          Json.MAPPER.writeValueAsBytes(source));
    }
    for (Bulk.Outcome<String> outcome : bulk.write(body, true)) {
      // Who changed or removed it meanwhile has seen to it.
      if (!outcome.isDone() && !outcome.isConflict() && outcome.status() != 404) {
        throw new StoreUnavailableException("Words not kept: " + outcome.reason(), null);
      }
    }
    return hits.size();
  }

  private ObjectNode older() {
    return Query.not(Query.term(DocumentIndex.WORDS_OF_FIELD, of));
  }
}
