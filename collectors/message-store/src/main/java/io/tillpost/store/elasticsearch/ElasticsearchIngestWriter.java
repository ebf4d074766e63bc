package io.tillpost.store.elasticsearch;

import io.tillpost.store.IngestWriter;
import io.tillpost.store.StoreUnavailableException;

/** Writes batches; keeps nothing between two of them. */
final class ElasticsearchIngestWriter implements IngestWriter {
  private final Schema schema;
  private final Bulk bulk;
  private final RecordCheck check;
  private final States states;
  private final StateDocument document;

  ElasticsearchIngestWriter(
      Schema schema, Bulk bulk, RecordCheck check, States states, StateDocument document) {
    this.schema = schema;
    this.bulk = bulk;
    this.check = check;
    this.states = states;
    this.document = document;
  }

  @Override
  public Result write(Batch batch) {
    try {
      schema.ensure();
      return new BatchWrite(bulk, check, schema, document, new StateWrites(states)).write(batch);
    } catch (StoreUnavailableException e) {
      return new Result.Unavailable(String.valueOf(e.getMessage()));
    }
  }
}
