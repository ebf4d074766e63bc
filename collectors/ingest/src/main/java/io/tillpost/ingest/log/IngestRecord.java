package io.tillpost.ingest.log;

import io.tillpost.message.MessageEvent;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.WrittenEvent;
import io.tillpost.store.WrittenSpan;
import io.tillpost.trace.Span;

/**
 * What a receiver made of one received record: checked, card numbers masked. Of a receiver, one
 * that is written is of use until {@link IngestLog#append} has returned: its array is used again
 * then.
 */
public sealed interface IngestRecord {
  /** A message event. */
  record OfEvent(MessageEvent event) implements IngestRecord {}

  /** A message event that is written as it is stored: the usual case. */
  record OfWrittenEvent(WrittenEvent event) implements IngestRecord {}

  /** A span. */
  record OfSpan(Span span) implements IngestRecord {}

  /** A span that is written as it is stored: the usual case. */
  record OfWrittenSpan(WrittenSpan span) implements IngestRecord {}

  /**
   * A record that is wrong for ever.
   *
   * @param id of its document; the same for the same record
   */
  record OfParked(String id, ParkedRecord parked) implements IngestRecord {}
}
