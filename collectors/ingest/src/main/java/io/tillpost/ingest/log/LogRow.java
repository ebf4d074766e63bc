package io.tillpost.ingest.log;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

/**
 * A record of the log as it stands on disk: one array, while it waits to be indexed, in place of
 * the forty objects that it will be.
 *
 * @param position counts up by one from record to record; never used twice by a process
 * @param partition of the log in which it stands; -1 where the log has no parts
 * @param offset its place in that partition, or else its position
 * @param kind what it is; one of any kind but the last may still turn out to be damaged
 * @param group the same for all records of a message, and of a trace, odd for spans alone; else any
 *     number
 * @param bytes in which it stands, perhaps among others
 * @param from its first byte
 * @param to the byte behind its last one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record LogRow(
    long position,
    int partition,
    long offset,
    RecordKind kind,
    int group,
    byte[] bytes,
    int from,
    int to) {
  /** In a log that has no parts. */
  static LogRow of(long position, byte[] bytes, int from, int to) {
    return RecordCodec.row(position, -1, position, bytes, from, to);
  }

  /** Where it stands in the log, in words; the same whenever and by whomever it is read. */
  public String place() {
    return partition < 0 ? String.valueOf(offset) : offset + " of partition " + partition;
  }

  /** The same in an array of its own. */
  public LogRow alone() {
    return new LogRow(
        position,
        partition,
        offset,
        kind,
        group,
        Arrays.copyOfRange(bytes, from, to),
        0,
        to - from);
  }

  /** What the bytes say. */
  public LogEntry decoded() {
    return RecordCodec.decode(position, bytes, from, to);
  }

  /** Only when it was accepted. */
  Instant acceptedAt() throws IOException {
    return RecordCodec.acceptedAt(bytes, from, to);
  }

  @Override
  public String toString() {
    return "LogRow[" + position + "]";
  }
}
