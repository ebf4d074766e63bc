package io.tillpost.ingest.log;

/**
 * A record of the log as it stands on disk: one array, while it waits to be indexed, in place of
 * the forty objects that it will be.
 *
 * @param position counts up by one from record to record; never used twice
 * @param group the same for all records of a message, and of a trace; else any number
 * @param bytes as they stand in the log
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record LogRow(long position, int group, byte[] bytes) {
  /** What the bytes say. */
  public LogEntry decoded() {
    return RecordCodec.decode(position, bytes, RocksTable.ROOM);
  }

  @Override
  public String toString() {
    return "LogRow[" + position + "]";
  }
}
