package io.tillpost.ingest.log;

import java.time.Instant;

/** A record of the log at its position. */
public sealed interface LogEntry {
  /** Counts up by one from record to record; never used twice. */
  long position();

  /**
   * A record as it was appended.
   *
   * @param acceptedAt when a receiver took it
   */
  record Intact(long position, Instant acceptedAt, IngestRecord content) implements LogEntry {}

  /**
   * Bytes that cannot be read, now or ever: of a newer version, or damaged.
   *
   * @param reason in words
   * @param bytes as they stand in the log
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  record Unreadable(long position, String reason, byte[] bytes) implements LogEntry {
    @Override
    public String toString() {
      return "Unreadable[" + position + ", " + reason + "]";
    }
  }
}
