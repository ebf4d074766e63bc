package io.tillpost.ingest.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tillpost.ingest.log.Append.Appended;
import io.tillpost.ingest.log.Append.OverCapacity;
import io.tillpost.ingest.log.Append.Unavailable;
import io.tillpost.ingest.log.AppendQueue.Waiting;
import io.tillpost.ingest.log.RocksTable.Mark;
import io.tillpost.ingest.log.RocksTable.Row;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ingest log on local disk. One thread writes: it takes everything that waits, writes it as one
 * batch, syncs once, and only then answers all who waited. See RATIONALE.md, "Ingest log".
 */
public final class DiskIngestLog implements IngestLog {
  private static final Logger LOG = LoggerFactory.getLogger(DiskIngestLog.class);
  private static final long MAX_WAITING_BYTES = 64L << 20;
  private static final long MIN_FREE_DISK = 256L << 20;

  /** Well below what a table holds in memory: what is dropped there is never written to a file. */
  private static final long DROP_EVERY_BYTES = 4L << 20;

  private static final long REOPEN_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final File directory;
  private final long maxBytes;
  private final LogTable table;
  private final AppendQueue queue = new AppendQueue();
  private final Timer appendTime;
  private final Thread writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition appended = lock.newCondition();

  private volatile Mark last;
  private volatile Mark done;
  private volatile boolean closing;
  private Mark dropped = Mark.START;

  /** Of the writer alone. */
  private long reopenAt = System.nanoTime();

  private DiskIngestLog(Path directory, long maxBytes, MeterRegistry meters) {
    this.directory = directory.toFile();
    this.maxBytes = maxBytes;
    this.table = LogTable.open(directory);
    this.done = table.checkpoint();
    this.last = table.last();
    this.appendTime = appendTime(meters);
    this.writer = Thread.ofPlatform().name("ingest-log-writer").unstarted(this::writeGroups);
  }

  static Timer appendTime(MeterRegistry meters) {
    return Timer.builder("tillpost.ingest.append")
        .description("From handing records to the ingest log until they are durable")
        .publishPercentileHistogram()
        .register(meters);
  }

  /**
   * Opens the log in its directory, made if missing.
   *
   * @param maxBytes the most that may wait in it
   * @throws IngestLogException if the directory is in use or cannot be read
   */
  public static DiskIngestLog open(Path directory, long maxBytes, MeterRegistry meters) {
    DiskIngestLog log = new DiskIngestLog(directory, maxBytes, meters);
    log.writer.start();
    return log;
  }

  @Override
  public CompletableFuture<Append> append(List<IngestRecord> records, Instant acceptedAt) {
    if (records.isEmpty()) {
      return CompletableFuture.completedFuture(new Appended());
    }
    return append(RowFrame.of(records, acceptedAt));
  }

  CompletableFuture<Append> append(List<RowFrame.Encoded> rows) {
    long bytes = 0;
    for (RowFrame.Encoded row : rows) {
      bytes += row.bytes().length;
    }
    CompletableFuture<Append> outcome = new CompletableFuture<>();
    lock.lock();
    try {
      Append refusal = refusal(bytes);
      if (refusal != null) {
        return CompletableFuture.completedFuture(refusal);
      }
      queue.add(new Waiting(rows, bytes, outcome));
    } finally {
      lock.unlock();
    }
    long start = System.nanoTime();
    return outcome.whenComplete(
        (_, _) -> appendTime.record(System.nanoTime() - start, TimeUnit.NANOSECONDS));
  }

  private @Nullable Append refusal(long bytes) {
    if (closing) {
      return new Unavailable("The ingest log is closed");
    }
    String problem = problem();
    if (problem != null) {
      return new Unavailable(problem);
    }
    if (queue.bytes() + bytes > MAX_WAITING_BYTES && queue.bytes() > 0) {
      return new OverCapacity("The disk is slower than what is sent");
    }
    return isFullFor(bytes) ? new OverCapacity("The ingest log is full") : null;
  }

  @Override
  public @Nullable String problem() {
    String problem = table.problem();
    if (problem != null) {
      return problem;
    }
    if (!writer.isAlive() && !closing) {
      return "The writer of the ingest log has ended; start ingest again";
    }
    return directory.getUsableSpace() < MIN_FREE_DISK ? "The disk is full" : null;
  }

  private void writeGroups() {
    List<Waiting> group = new ArrayList<>();
    boolean ended = false;
    while (!ended) {
      // What comes after that is refused, so nothing does.
      boolean closed = closing;
      try {
        queue.takeGroup(group, 50, TimeUnit.MILLISECONDS);
        writeOrRefuse(group);
        ended = closed && group.isEmpty();
      } catch (InterruptedException _) {
        LOG.warn("The writer of the ingest log was interrupted");
        return;
      } catch (RuntimeException | OutOfMemoryError e) {
        // Were it the end of this thread, nothing would be taken any more and nobody answered.
        complete(group, new Unavailable("The ingest log could not be written"));
        LOG.error("A group could not be written", e);
      }
      group.clear();
    }
  }

  private void writeOrRefuse(List<Waiting> group) {
    String problem = table.problem();
    if (problem == null) {
      if (!group.isEmpty()) {
        write(group);
      }
      return;
    }
    complete(group, new Unavailable(problem));
    if (System.nanoTime() - reopenAt >= 0) {
      reopen();
      reopenAt = System.nanoTime() + REOPEN_AFTER_NANOS;
    }
  }

  private void write(List<Waiting> group) {
    Append outcome;
    try {
      Mark end = writeRows(group);
      setLast(end);
      outcome = new Appended();
    } catch (IngestLogException e) {
      outcome = new Unavailable(String.valueOf(e.getMessage()));
    } catch (RuntimeException | OutOfMemoryError e) {
      // It may be there all the same, and somebody may have read it: no other record may have its
      // place.
      table.doubt("The ingest log could not be written: " + e);
      throw e;
    }
    complete(group, outcome);
  }

  private Mark writeRows(List<Waiting> group) {
    List<Row> rows = new ArrayList<>();
    Mark end = last;
    for (Waiting waiting : group) {
      for (RowFrame.Encoded row : waiting.rows()) {
        end = new Mark(end.position() + row.records(), end.size() + row.bytes().length);
        ByteBuffer.wrap(row.bytes()).putLong(end.size());
        rows.add(new Row(end, row.bytes()));
      }
    }
    table.write(rows);
    return end;
  }

  private static void complete(List<Waiting> group, Append outcome) {
    for (Waiting waiting : group) {
      waiting.outcome().complete(outcome);
    }
  }

  private void reopen() {
    Mark found = table.reopen(done);
    if (found != null) {
      if (found.position() < last.position()) {
        LOG.error("The disk has lost the records from {} to {}", found.position(), last.position());
      }
      // Those that are lost may be read already: no other record has their place, or whoever reads
      // would pass it over.
      setLast(new Mark(Math.max(found.position(), last.position()), found.size()));
    }
  }

  private void setLast(Mark mark) {
    lock.lock();
    try {
      last = mark;
      appended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<LogRow> read(long after, int maxRecords, long maxReadBytes) {
    List<Row> found = new ArrayList<>();
    AtomicLong bytes = new AtomicLong();
    table.scan(
        after,
        row -> {
          found.add(row);
          return bytes.addAndGet(RowFrame.bytes(row)) < maxReadBytes
              && row.mark().position() - after < maxRecords;
        });
    FrameRoom room = new FrameRoom(bytes.get());
    List<LogRow> rows = new ArrayList<>();
    for (Row row : found) {
      RowFrame.records(row, after, maxRecords - rows.size(), room, rows::add);
    }
    return rows;
  }

  @Override
  public boolean awaitBeyond(long position, Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (last.position() <= position) {
        if (left <= 0) {
          return false;
        }
        left = appended.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The position of the last record that can be read; that of the checkpoint where nothing waits.
   */
  long end() {
    return Math.max(last.position(), done.position());
  }

  @Override
  public long waitingBehind(long position) {
    return Math.max(0, end() - position);
  }

  @Override
  public LogTail tail(long after, Instant since, int most) {
    return new DiskTail(this, after, since, most);
  }

  /**
   * The position behind which are the records at the {@link #end} that were accepted since then, no
   * more than so many; the end where there are none. Looks for it by halving: later records were
   * accepted later, but for a clock that was set.
   */
  long beforeThoseSince(Instant moment, int most) {
    long to = end();
    long from = Math.max(checkpoint(), to - most);
    while (from < to) {
      long middle = from + (to - from) / 2;
      Instant accepted = acceptedAt(middle);
      if (accepted == null || accepted.isBefore(moment)) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return to;
  }

  @Override
  public long checkpoint() {
    return done.position();
  }

  @Override
  public void moveCheckpoint(long position) {
    if (position == checkpoint()) {
      // As it was moved before, only what is done could not be dropped: that comes with the next.
      return;
    }
    if (position <= checkpoint() || position > last.position()) {
      throw new IllegalArgumentException("There is no record at " + position);
    }
    Mark mark = markAt(position);
    table.writeCheckpoint(mark);
    done = mark;
    if (mark.size() - dropped.size() >= DROP_EVERY_BYTES) {
      table.drop(dropped.position(), mark.position());
      dropped = mark;
    }
  }

  /** Where the disk has lost the record, what is right before the next one. */
  private Mark markAt(long position) {
    Mark end = last;
    Row row = first(position - 1);
    Mark before = row == null ? end : RowFrame.before(row);
    return row == null || position <= before.position()
        ? new Mark(position, before.size())
        : RowFrame.markAt(row, position);
  }

  @Override
  public boolean isFullFor(long bytes) {
    return last.size() - done.size() + queue.bytes() + bytes > maxBytes;
  }

  @Override
  public boolean isNearlyFull() {
    return last.size() - done.size() >= maxBytes - maxBytes / 50;
  }

  @Override
  public Backlog backlog() {
    Mark from = done;
    Mark to = last;
    if (to.position() <= from.position()) {
      return Backlog.EMPTY;
    }
    return new Backlog(
        to.position() - from.position(), to.size() - from.size(), acceptedAt(from.position()));
  }

  private @Nullable Instant acceptedAt(long after) {
    try {
      Row row = first(after);
      List<LogRow> oldest = new ArrayList<>(1);
      if (row != null) {
        RowFrame.records(row, after, 1, oldest::add);
      }
      return oldest.isEmpty() ? null : oldest.getFirst().acceptedAt();
    } catch (IOException | RuntimeException e) {
      // A time out of its range is damage too, and told when the record is indexed.
      LOG.debug("The record behind {} cannot be read", after, e);
      return null;
    }
  }

  /** The first row that ends behind the position, or null. */
  private @Nullable Row first(long after) {
    List<Row> found = new ArrayList<>(1);
    table.scan(
        after,
        row -> {
          found.add(row);
          return false;
        });
    return found.isEmpty() ? null : found.getFirst();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closing) {
        return;
      }
      closing = true;
    } finally {
      lock.unlock();
    }
    try {
      writer.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    table.close();
  }
}
