package io.tillpost.ingest.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A durable queue with one reader. Any number of threads may append; records keep the order in
 * which the log took them. What the checkpoint has passed is dropped from disk in time.
 */
public interface IngestLog extends AutoCloseable {
  /**
   * Appends all of the records or none, next to each other. The future never fails; it completes
   * once the records are durable, on the log's own thread, so what follows must be short.
   *
   * @param records may be empty
   * @param acceptedAt when the receiver took them
   */
  CompletableFuture<Append> append(List<IngestRecord> records, Instant acceptedAt);

  /**
   * The next records behind a position, in order; empty if there is none yet.
   *
   * @param after a position, 0 for the very first
   * @param maxRecords at most so many
   * @param maxBytes no more records once this is reached; at least one is returned
   * @throws IngestLogException if the disk does not read
   */
  List<LogRow> read(long after, int maxRecords, long maxBytes);

  /** Waits until there is a record behind the position; false if there is none within the time. */
  boolean awaitBeyond(long position, Duration timeout) throws InterruptedException;

  /** The position of the last record; that of the checkpoint where nothing waits. */
  long end();

  /** The position up to which everything is done; 0 at the beginning. */
  long checkpoint();

  /**
   * Moves the checkpoint; durable when it returns. After a crash the reader may see records again
   * whose checkpoint did not become durable.
   *
   * @throws IngestLogException if the disk does not write
   */
  void moveCheckpoint(long position);

  /** Why nothing can be appended for now, for a reason other than a full log; or null. */
  @Nullable String problem();

  /** What waits behind the checkpoint. */
  Backlog backlog();

  /** Finishes what was given to {@link #append} and closes; later appends are unavailable. */
  @Override
  void close();
}
