package io.tillpost.store.elasticsearch;

import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentKind.FieldType;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The index of one kind of documents, made with the mapping that the kind's fields ask for when it
 * is first used.
 */
final class DocumentIndex {
  /** Holds the id once more, because the id itself cannot be sorted by. */
  static final String ID_FIELD = "tillpost_document_id";

  /** The words of the searched members, in documents of kinds that have such. */
  static final String WORDS_FIELD = "tillpost_words";

  /** Of which members these are the words: documents without it, or of others, are older. */
  static final String WORDS_OF_FIELD = "tillpost_words_of";

  private final Http http;
  private final String name;
  private final DocumentKind<?> kind;
  private volatile boolean ready;

  DocumentIndex(Http http, String name, DocumentKind<?> kind) {
    this.http = http;
    this.name = name;
    this.kind = kind;
  }

  /**
   * The name of the index, which is there. Several may come here at once.
   *
   * @throws io.tillpost.store.StoreUnavailableException if it cannot be made now
   * @throws IllegalStateException if a field of the kind was of another type before
   */
  String name() {
    if (!ready) {
      make();
      ready = true;
    }
    return name;
  }

  /** Makes the index, or adds the fields that are new to the kind. */
  private void make() {
    ObjectNode mappings = mappings(kind.fields(), !kind.searched().isEmpty());
    Http.Answer made =
        http.call("PUT", "/" + name, Json.object("settings", settings(), "mappings", mappings));
    if (made.errorType().equals("resource_already_exists_exception")) {
      made = http.call("PUT", "/" + name + "/_mapping", mappings);
      if (made.status() == 400) {
        throw new IllegalStateException(
            "Documents of kind " + kind.name() + " had other fields before: " + made.reason());
      }
    }
    if (!made.isOk()) {
      throw Http.refused(made);
    }
  }

  private static ObjectNode settings() {
    return Json.object(
        "number_of_shards",
        1,
        "auto_expand_replicas",
        "0-1",
        "refresh_interval",
        "1s",
        // One more than a page, to see whether another follows.
        "max_result_window",
        10_001);
  }

  private static ObjectNode mappings(Map<String, FieldType> fields, boolean withWords) {
    ObjectNode properties = Json.object(ID_FIELD, Json.object("type", "keyword"));
    if (withWords) {
      properties.set(WORDS_FIELD, Json.object("type", "keyword", "doc_values", false));
      properties.set(WORDS_OF_FIELD, Json.object("type", "keyword"));
    }
    fields.forEach((path, type) -> add(properties, path, mapping(type)));
    return Json.object("dynamic", false, "properties", properties);
  }

  private static void add(ObjectNode properties, String path, ObjectNode mapping) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      properties.set(path, mapping);
      return;
    }
    ObjectNode inner =
        properties.withObjectProperty(path.substring(0, dot)).withObjectProperty("properties");
    add(inner, path.substring(dot + 1), mapping);
  }

  private static ObjectNode mapping(FieldType type) {
    return switch (type) {
      case KEYWORD -> Json.object("type", "keyword", "ignore_above", 1_024);
      case TEXT -> Json.object("type", "text");
      case LONG -> Json.object("type", "long");
      case BOOLEAN -> Json.object("type", "boolean");
      case DATE -> Json.object("type", "date");
    };
  }
}
