package io.tillpost.ingest.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A durable queue with one reader. Any number of threads may append; records of one message, or of
 * one trace, keep the order in which the log took them. What the checkpoint has passed is dropped
 * in time. Of a log that several processes share, each reads what no other one reads at that time.
 */
public interface IngestLog extends AutoCloseable {
  /**
   * Appends all of the records or none; where the log {@linkplain Append.Unavailable cannot tell},
   * perhaps some. The future never fails; it completes once the records are durable, on the log's
   * own thread, so what follows must be short.
   *
   * @param records may be empty; the arrays in which they stand may be written anew as soon as this
   *     returns
   * @param acceptedAt when the receiver took them
   */
  CompletableFuture<Append> append(List<IngestRecord> records, Instant acceptedAt);

  /**
   * The next records behind a position, in order; empty if there is none yet.
   *
   * @param after a position, 0 for the very first; in a log that several processes share that of
   *     the record that was read last
   * @param maxRecords at most so many
   * @param maxBytes no more records once this is reached; at least one is returned
   * @throws IngestLogException if the log cannot be read for now
   */
  List<LogRow> read(long after, int maxRecords, long maxBytes);

  /** Waits until there is a record behind the position; false if there is none within the time. */
  boolean awaitBeyond(long position, Duration timeout) throws InterruptedException;

  /**
   * How many records behind a position are there to be read, 0 at least; in a log that several
   * processes share as it was a moment ago.
   */
  long waitingBehind(long position);

  /**
   * Begins to read what comes in apart from what waits.
   *
   * @param after a position up to which records were read; it begins there at the earliest
   * @param since what was accepted since then is in it
   * @param most but no more of the records that are there now than so many
   */
  LogTail tail(long after, Instant since, int most);

  /** The position up to which everything is done; 0 at the beginning. */
  long checkpoint();

  /**
   * Moves the checkpoint; durable when it returns or, in a log that several processes share, before
   * long. After a crash the reader may see records again whose checkpoint did not become durable.
   * To where it is already nothing happens.
   *
   * @throws IngestLogException if it cannot be written for now
   */
  void moveCheckpoint(long position);

  /** Why nothing can be appended for now, for a reason other than a full log; or null. */
  @Nullable String problem();

  /**
   * Whether it would turn so many bytes away because of what waits in it: quick enough to be asked
   * before a request is looked into.
   */
  boolean isFullFor(long bytes);

  /** Whether it holds so much that the next request of any size might be turned away. */
  boolean isNearlyFull();

  /** What waits behind the checkpoint for this process to index it. */
  Backlog backlog();

  /** Finishes what was given to {@link #append} and closes; later appends are unavailable. */
  @Override
  void close();
}
