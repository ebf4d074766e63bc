package io.tillpost.store.elasticsearch;

import tools.jackson.databind.JsonNode;

/** The version of a document as the text that callers get and give back: {@code 12.1}. */
final class DocumentVersion {
  private DocumentVersion() {}

  /** The version that was answered with the document. */
  static String of(JsonNode document) {
    return document.path("_seq_no").asLong() + "." + document.path("_primary_term").asLong();
  }

  /**
   * The version in the text.
   *
   * @throws IllegalArgumentException if no document gave it
   */
  static BulkBody.Version read(String text) {
    int dot = text.indexOf('.');
    try {
      return new BulkBody.Version(
          Long.parseLong(text.substring(0, Math.max(dot, 0))),
          Long.parseLong(text.substring(dot + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not the version of a document", e);
    }
  }
}
