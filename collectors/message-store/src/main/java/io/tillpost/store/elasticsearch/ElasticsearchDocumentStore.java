package io.tillpost.store.elasticsearch;

import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;

/** Collections of documents; the index of each is made when it is first asked for something. */
final class ElasticsearchDocumentStore implements DocumentStore {
  private final Schema schema;
  private final Http http;
  private final Search search;
  private final Bulk bulk;

  ElasticsearchDocumentStore(Schema schema, Http http, Search search, Bulk bulk) {
    this.schema = schema;
    this.http = http;
    this.search = search;
    this.bulk = bulk;
  }

  @Override
  public <T> Documents<T> of(DocumentKind<T> kind) {
    DocumentIndex index = new DocumentIndex(http, schema.documents(kind.name()), kind);
    return new ElasticsearchDocuments<>(kind, index, http, search, bulk);
  }
}
