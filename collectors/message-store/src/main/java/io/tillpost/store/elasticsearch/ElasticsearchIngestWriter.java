package io.tillpost.store.elasticsearch;

import io.tillpost.store.IngestWriter;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.store.WrittenEvent;
import io.tillpost.store.json.SpanJson;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Writes batches; between two of them it keeps the states it wrote last, as a guess. */
final class ElasticsearchIngestWriter implements IngestWriter {
  /** Some ten kilobytes each. */
  private static final int CACHED_OPEN_STATES = 5_000;

  private static final int CACHED_ENDED_STATES = 2_000;

  /** Several times what a large request takes. */
  private static final Duration LONGEST_TURN = Duration.ofSeconds(2);

  private final Schema schema;
  private final Bulk bulk;
  private final RecordCheck check;
  private final States states;
  private final SpanJson spanJson = new SpanJson();
  private final StateDocument document;
  private final StateCache cache = new StateCache(CACHED_OPEN_STATES, CACHED_ENDED_STATES);
  private final BodyArrays arrays = new BodyArrays();
  private final Turns turns = new Turns(LONGEST_TURN);

  ElasticsearchIngestWriter(
      Schema schema, Bulk bulk, RecordCheck check, States states, StateDocument document) {
    this.schema = schema;
    this.bulk = bulk;
    this.check = check;
    this.states = states;
    this.document = document;
  }

  @Override
  public Result write(Batch batch, List<WrittenEvent> before, BooleanSupplier more) {
    try {
      schema.ensure();
      BatchEvents events = new BatchEvents(before, batch);
      return new BatchWrite(
              bulk,
              arrays,
              turns,
              check.now(),
              schema,
              spanJson,
              document,
              batch,
              events,
              new StateWrites(states, cache, events))
          .write(more);
    } catch (StoreUnavailableException e) {
      return new Result.Unavailable(String.valueOf(e.getMessage()));
    }
  }
}
