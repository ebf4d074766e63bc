package io.tillpost.ingest.log;

/** What a record of the log is, as far as its beginning tells. */
public enum RecordKind {
  /** {@link IngestRecord.OfEvent}. */
  EVENT,
  /** {@link IngestRecord.OfWrittenEvent}. */
  WRITTEN_EVENT,
  /** {@link IngestRecord.OfSpan}. */
  SPAN,
  /** {@link IngestRecord.OfWrittenSpan}. */
  WRITTEN_SPAN,
  /** {@link IngestRecord.OfParked}. */
  PARKED,
  /** Damaged, or of a newer version. */
  UNREADABLE;

  boolean isSpan() {
    return this == SPAN || this == WRITTEN_SPAN;
  }
}
