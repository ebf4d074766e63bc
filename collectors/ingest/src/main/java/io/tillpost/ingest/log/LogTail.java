package io.tillpost.ingest.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What comes into an ingest log while much waits in it, read apart from that and before it. It
 * begins a little before the end, so that hardly anything waits with the rest that came in as this
 * was begun. The checkpoint stays where it is until both have met.
 *
 * <p>One thread reads and closes it; {@link #from} and {@link #done} are for any. In the end it is
 * {@linkplain #merge merged}, or the log's own reader goes no further than to its beginning.
 */
public interface LogTail extends AutoCloseable {
  /**
   * Where what waits ends: a position of the log's own reader, who reads up to there meanwhile; or
   * {@link Long#MAX_VALUE} while that is not known, which is until the reader is there in a log
   * that several processes share.
   */
  long from();

  /**
   * Begins anew, further on: what was read before waits with the rest, whether it is done or not.
   *
   * @param since what was accepted since then is in it
   * @param most but no more of the records that are there now than so many
   * @throws IngestLogException if it cannot be read for now
   */
  void restart(Instant since, int most);

  /**
   * What follows, each record once; empty if there is nothing within the time.
   *
   * @param maxRecords about the most; a log that several processes share has its own measure
   * @param maxBytes no more records once this is reached, likewise
   * @return in order, with positions that mean something to {@link #done} alone
   * @throws IngestLogException if it cannot be read for now
   */
  List<LogRow> read(Duration patience, int maxRecords, long maxBytes) throws InterruptedException;

  /**
   * How many records have come in that were not read here.
   *
   * @throws IngestLogException if that is not known for now, as before anything is read
   */
  long behind();

  /**
   * Everything that was read here up to there, since it began or began anew, is in the store; of
   * what was read before that it means nothing.
   */
  void done(long position);

  /**
   * Nothing is read here any more, and all that the log's own reader has read is done: where that
   * has come to where this began, the log goes on behind what is done of both.
   *
   * @return the position behind which its reader goes on; the checkpoint is to be moved there
   */
  long merge();

  /** Reads no more; what it has done counts with {@link #merge}, which may come afterwards. */
  @Override
  void close();
}
