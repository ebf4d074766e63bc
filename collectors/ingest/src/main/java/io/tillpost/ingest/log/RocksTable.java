package io.tillpost.ingest.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows by position in a RocksDB, and the checkpoint. Every write is synced. A row begins with the
 * number of bytes of all rows up to and with it, so that the size of a backlog is a subtraction.
 *
 * <p>The checkpoint has a family of its own: beside the rows, it would make every file of them
 * overlap with every other, and none could be dropped or moved without being written again.
 */
final class RocksTable implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RocksTable.class);

  /** The place of the running size at the beginning of each row. */
  static final int ROOM = Long.BYTES;

  private static final byte[] CHECKPOINT = {'c'};
  private static final byte ROW = 'r';

  private static final List<byte[]> FAMILIES =
      List.of(RocksDB.DEFAULT_COLUMN_FAMILY, "checkpoint".getBytes(StandardCharsets.UTF_8));

  private final DBOptions options;
  private final ColumnFamilyOptions familyOptions;
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final RocksDB db;
  private final List<ColumnFamilyHandle> families;

  // RocksDB must not be touched once it is closed: that would end the process.
  private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

  private boolean closed;

  /** A position and the running size there. */
  record Mark(long position, long size) {
    static final Mark START = new Mark(0, 0);
  }

  private RocksTable(
      DBOptions options,
      ColumnFamilyOptions familyOptions,
      RocksDB db,
      List<ColumnFamilyHandle> families) {
    this.options = options;
    this.familyOptions = familyOptions;
    this.db = db;
    this.families = families;
  }

  static RocksTable open(Path directory) {
    load(directory.resolve("library"));
    DBOptions options =
        new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            // After a crash everything up to the first torn write is there: that is all that was
            // ever acknowledged.
            .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
            // Its records name their file then. Without that, bytes behind a torn write that look
            // like such a record are read for ever.
            .setRecycleLogFileNum(2)
            .setMaxTotalWalSize(128L << 20)
            .setKeepLogFileNum(3)
            .setMaxOpenFiles(256);
    ColumnFamilyOptions familyOptions =
        new ColumnFamilyOptions()
            // Most rows are dropped before long: compressing them costs more than their room.
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setWriteBufferSize(32L << 20);
    List<ColumnFamilyHandle> families = new ArrayList<>();
    try {
      Files.createDirectories(directory);
      RocksDB db =
          RocksDB.open(
              options,
              directory.toString(),
              FAMILIES.stream()
                  .map(name -> new ColumnFamilyDescriptor(name, familyOptions))
                  .toList(),
              families);
      return new RocksTable(options, familyOptions, db, families);
    } catch (IOException | RocksDBException e) {
      familyOptions.close();
      options.close();
      String why = String.valueOf(e.getMessage());
      throw new IngestLogException(
          why.contains("lock")
              ? "The ingest log " + directory + " is used by another process"
              : "The ingest log " + directory + " cannot be opened: " + why,
          e);
    }
  }

  /**
   * RocksDB is a library of 15 MB in a jar. Unpacked among temporary files, as it would be, it
   * stays there for ever each time that the process is killed, and where that happens again and
   * again it fills the disk. Here the next process puts its own in the place of it.
   */
  private static void load(Path directory) {
    try {
      NativeLibraryLoader.getInstance().loadLibrary(Files.createDirectories(directory).toString());
    } catch (IOException | RuntimeException | UnsatisfiedLinkError e) {
      // Where nothing may be executed, say, or the disk is full.
      LOG.info("RocksDB is unpacked among temporary files, not in {}: {}", directory, e.toString());
    }
    RocksDB.loadLibrary();
  }

  void write(List<Row> rows) {
    guarded(
        "The ingest log cannot be written",
        () -> {
          int bytes = 0;
          for (Row row : rows) {
            bytes += row.value().length + 64;
          }
          // Else it grows by copying.
          try (WriteBatch batch = new WriteBatch(bytes)) {
            for (Row row : rows) {
              batch.put(key(row.mark().position()), row.value());
            }
            db.write(synced, batch);
          }
        });
  }

  void writeCheckpoint(Mark mark) {
    byte[] value =
        ByteBuffer.allocate(2 * Long.BYTES).putLong(mark.position()).putLong(mark.size()).array();
    guarded(
        "The ingest log's checkpoint cannot be written",
        () -> db.put(families.get(1), synced, CHECKPOINT, value));
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
      byte[] value = db.get(families.get(1), CHECKPOINT);
      if (value == null) {
        // Where the versions before kept it.
        value = db.get(CHECKPOINT);
      }
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

  /** Shows the rows that end behind a position, in order, as long as that says true. */
  void scan(long after, Predicate<Row> visit) {
    open.readLock().lock();
    try (RocksIterator rows = iterator()) {
      for (rows.seek(key(after + 1)); isRow(rows); rows.next()) {
        byte[] value = rows.value();
        if (!visit.test(new Row(mark(rows.key(), value), value))) {
          break;
        }
      }
      rows.status();
    } catch (RocksDBException e) {
      throw new IngestLogException("The ingest log cannot be read", e);
    } finally {
      open.readLock().unlock();
    }
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
        families.forEach(ColumnFamilyHandle::close);
        db.close();
        synced.close();
        familyOptions.close();
        options.close();
      }
    } finally {
      open.writeLock().unlock();
    }
  }
}
