package io.tillpost.ingest.log;

import io.tillpost.ingest.log.RocksTable.Mark;
import io.tillpost.ingest.log.RocksTable.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of the log, which outlives a disk that did not write. RocksDB takes nothing more after
 * one failed write, until it is opened anew; see RATIONALE.md, "A disk that is full".
 */
final class LogTable implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogTable.class);

  private final Path directory;
  private volatile RocksTable table;
  private volatile @Nullable String problem;

  private LogTable(Path directory, RocksTable table) {
    this.directory = directory;
    this.table = table;
  }

  /**
   * Opens it, made if missing.
   *
   * @throws IngestLogException if it is in use or cannot be read
   */
  static LogTable open(Path directory) {
    return new LogTable(directory, RocksTable.open(directory));
  }

  /** Why nothing can be written, from the first failed write until it was opened anew; or null. */
  @Nullable String problem() {
    return problem;
  }

  /** Everything up to here is done. */
  Mark checkpoint() {
    return table.checkpoint();
  }

  /** The last row, or the checkpoint where there is none behind it. */
  Mark last() {
    return last(table);
  }

  private static Mark last(RocksTable table) {
    Mark done = table.checkpoint();
    Mark row = table.last();
    return row == null || row.position() < done.position() ? done : row;
  }

  /** As {@link RocksTable#scan}. */
  void scan(long after, Predicate<Row> visit) {
    table.scan(after, visit);
  }

  /**
   * Writes and syncs rows.
   *
   * @throws IngestLogException if the disk does not write; whether the rows are there is not known
   */
  void write(List<Row> rows) {
    watched(to -> to.write(rows));
  }

  /** As {@link #write}. */
  void writeCheckpoint(Mark mark) {
    watched(to -> to.writeCheckpoint(mark));
  }

  /** Drops rows; as {@link #write}. */
  void drop(long from, long through) {
    watched(to -> to.drop(from, through));
  }

  /** What writes. */
  private interface Write {
    void to(RocksTable table);
  }

  private void watched(Write write) {
    RocksTable now = table;
    try {
      write.to(now);
    } catch (IngestLogException e) {
      broken(now, String.valueOf(e.getMessage()));
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      broken(now, "The ingest log cannot be written: " + e);
      throw e;
    }
  }

  private void broken(RocksTable written, String why) {
    // A write that met the table while it was replaced says nothing about the new one.
    if (written == table && problem == null) {
      problem = why;
      LOG.error("{}; nothing is taken until it can be written again", why);
    }
  }

  /** What became of a write is not known, so that it has to be opened anew to see. */
  void doubt(String why) {
    broken(table, why);
  }

  /**
   * Closes what cannot be written, and opens it anew if the disk lets that be. To be called by one
   * thread alone.
   *
   * @param done the checkpoint, which is written to see whether writing works
   * @return the last row that is there; null if the disk still does not write
   */
  @Nullable Mark reopen(Mark done) {
    table.close();
    RocksTable anew = null;
    try {
      anew = RocksTable.open(directory);
      anew.writeCheckpoint(done);
      table = anew;
      problem = null;
      LOG.warn("The ingest log can be written again");
      return last(anew);
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.debug("The ingest log still cannot be written", e);
      problem = String.valueOf(e.getMessage());
      if (anew != null) {
        anew.close();
      }
      return null;
    }
  }

  @Override
  public void close() {
    table.close();
  }
}
