package io.tillpost.ingest.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The end of a log of one process, where positions are those of the log. */
final class DiskTail implements LogTail {
  private final DiskIngestLog log;
  private long read;
  private volatile long from;
  private final AtomicLong done = new AtomicLong();

  /** As {@link IngestLog#tail}. */
  DiskTail(DiskIngestLog log, long after, Instant since, int most) {
    this.log = log;
    this.from = after;
    restart(since, most);
  }

  @Override
  public long from() {
    return from;
  }

  @Override
  public void restart(Instant since, int most) {
    read = Math.max(from, log.beforeThoseSince(since, most));
    from = read;
    done(read);
  }

  @Override
  public List<LogRow> read(Duration patience, int maxRecords, long maxBytes)
      throws InterruptedException {
    if (!log.awaitBeyond(read, patience)) {
      return List.of();
    }
    List<LogRow> rows = log.read(read, maxRecords, maxBytes);
    if (!rows.isEmpty()) {
      read = rows.getLast().position();
    }
    return rows;
  }

  @Override
  public long behind() {
    return log.waitingBehind(read);
  }

  /** What was read before it began anew may be done afterwards: that must not take it back. */
  @Override
  public void done(long position) {
    done.accumulateAndGet(position, Math::max);
  }

  @Override
  public long merge() {
    return done.get();
  }

  @Override
  public void close() {
    // The log itself is open, and stays so.
  }
}
