package io.tillpost.ingest.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Rows by position in a RocksDB, and the checkpoint. Every write is synced. A row begins with the
 * number of bytes of all rows up to and with it, so that the size of a backlog is a subtraction.
 */
final class RocksTable implements AutoCloseable {
  /** The place of the running size at the beginning of each row. */
  static final int ROOM = Long.BYTES;

  private static final byte[] CHECKPOINT = {'c'};
  private static final byte ROW = 'r';

  private final Options options;
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final RocksDB db;

  // RocksDB must not be touched once it is closed: that would end the process.
  private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

  private boolean closed;

  /** A position and the running size there. */
  record Mark(long position, long size) {
    static final Mark START = new Mark(0, 0);
  }

  private RocksTable(Options options, RocksDB db) {
    this.options = options;
    this.db = db;
  }

  static RocksTable open(Path directory) {
    RocksDB.loadLibrary();
    Options options =
        new Options()
            .setCreateIfMissing(true)
            // After a crash everything up to the first torn write is there: that is all that was
            // ever acknowledged.
            .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setWriteBufferSize(32L << 20)
            .setMaxTotalWalSize(128L << 20)
            .setKeepLogFileNum(3)
            .setMaxOpenFiles(256);
    try {
      Files.createDirectories(directory);
      return new RocksTable(options, RocksDB.open(options, directory.toString()));
    } catch (IOException | RocksDBException e) {
      options.close();
      String why = String.valueOf(e.getMessage());
      throw new IngestLogException(
          why.contains("lock")
              ? "The ingest log " + directory + " is used by another process"
              : "The ingest log " + directory + " cannot be opened: " + why,
          e);
    }
  }

  void write(List<byte[]> rows, long firstPosition) {
    guarded(
        "The ingest log cannot be written",
        () -> {
          try (WriteBatch batch = new WriteBatch()) {
            long position = firstPosition;
            for (byte[] row : rows) {
              batch.put(key(position++), row);
            }
            db.write(synced, batch);
          }
        });
  }

  void writeCheckpoint(Mark mark) {
    byte[] value =
        ByteBuffer.allocate(2 * Long.BYTES).putLong(mark.position()).putLong(mark.size()).array();
    guarded(
        "The ingest log's checkpoint cannot be written", () -> db.put(synced, CHECKPOINT, value));
  }

  /** What RocksDB is asked to do. */
  private interface Work {
    void run() throws RocksDBException;
  }

  private void guarded(String problem, Work work) {
    open.readLock().lock();
    try {
      checkOpen();
      work.run();
    } catch (RocksDBException e) {
      throw new IngestLogException(problem + ": " + e.getMessage(), e);
    } finally {
      open.readLock().unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IngestLogException("The ingest log is closed", null);
    }
  }

  Mark checkpoint() {
    try {
      byte[] value = db.get(CHECKPOINT);
      if (value == null) {
        return Mark.START;
      }
      ByteBuffer buffer = ByteBuffer.wrap(value);
      return new Mark(buffer.getLong(), buffer.getLong());
    } catch (RocksDBException e) {
      throw new IngestLogException("The ingest log's checkpoint cannot be read", e);
    }
  }

  /** The last row, or null where there is none. */
  @Nullable Mark last() {
    try (RocksIterator rows = db.newIterator()) {
      rows.seekToLast();
      return isRow(rows) ? mark(rows.key(), rows.value()) : null;
    }
  }

  /** The rows behind a position, each with its position given to {@code read}. */
  <T> List<T> read(long after, int maxRows, long maxBytes, Function<Row, T> read) {
    List<T> found = new ArrayList<>();
    long bytes = 0;
    open.readLock().lock();
    try (RocksIterator rows = iterator()) {
      for (rows.seek(key(after + 1)); isRow(rows); rows.next()) {
        byte[] value = rows.value();
        found.add(read.apply(new Row(mark(rows.key(), value), value)));
        bytes += value.length;
        if (found.size() >= maxRows || bytes >= maxBytes) {
          break;
        }
      }
      rows.status();
    } catch (RocksDBException e) {
      throw new IngestLogException("The ingest log cannot be read", e);
    } finally {
      open.readLock().unlock();
    }
    return found;
  }

  private RocksIterator iterator() {
    checkOpen();
    return db.newIterator();
  }

  /** A row with its place. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  record Row(Mark mark, byte[] value) {
    @Override
    public String toString() {
      return "Row[" + mark + "]";
    }
  }

  /** Drops the rows from the first position up to and with the second. */
  void drop(long from, long through) {
    guarded(
        "Old records cannot be dropped from the ingest log",
        () -> {
          db.deleteFilesInRanges(
              db.getDefaultColumnFamily(), List.of(key(from), key(through)), true);
          db.deleteRange(key(from), key(through + 1));
        });
  }

  private static boolean isRow(RocksIterator rows) {
    return rows.isValid() && rows.key()[0] == ROW;
  }

  private static Mark mark(byte[] key, byte[] value) {
    return new Mark(ByteBuffer.wrap(key).getLong(1), ByteBuffer.wrap(value).getLong());
  }

  private static byte[] key(long position) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(ROW).putLong(position).array();
  }

  @Override
  public void close() {
    open.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        db.close();
        synced.close();
        options.close();
      }
    } finally {
      open.writeLock().unlock();
    }
  }
}
