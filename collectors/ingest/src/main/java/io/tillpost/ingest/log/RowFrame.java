package io.tillpost.ingest.log;

import io.tillpost.ingest.log.RocksTable.Mark;
import io.tillpost.ingest.log.RocksTable.Row;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Several records that were appended together, as one row of the table: a marker where a single
 * record has its version, how many there are, and each with its length before it. The row stands at
 * the position of its last record. Rows of before, with one record and no marker, are read still.
 * See RATIONALE.md, "Frames".
 */
final class RowFrame {
  private static final byte MARKER = 0x7F;
  private static final int COUNT_AT = RocksTable.ROOM + 1;
  static final int FIRST_RECORD = COUNT_AT + Integer.BYTES;

  /** A frame takes no further record beyond this. */
  private static final int FULL_BYTES = 256 * 1024;

  /** A full frame and what most last records add to it. */
  static final int USUAL_BYTES = FULL_BYTES + 16 * 1024;

  /** Filled again and again. */
  private static final ThreadLocal<RecordBuffer> BUFFER =
      ThreadLocal.withInitial(() -> new RecordBuffer(USUAL_BYTES));

  private RowFrame() {}

  /**
   * Records as a row.
   *
   * @param bytes with room for the running size at the beginning
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; the writer fills in the running size
  record Encoded(byte[] bytes, int records) {}

  /** The records in as few rows as they fit in, in order. */
  static List<Encoded> of(List<IngestRecord> records, Instant acceptedAt) {
    List<Encoded> frames = new ArrayList<>(1);
    RecordBuffer buffer = BUFFER.get();
    int count = 0;
    for (IngestRecord record : records) {
      if (count == 0) {
        buffer.reset(FIRST_RECORD);
      }
      buffer.append(record, acceptedAt);
      count++;
      if (buffer.size() >= FULL_BYTES) {
        frames.add(frame(buffer, count));
        count = 0;
      }
    }
    if (count > 0) {
      frames.add(frame(buffer, count));
    }
    return frames;
  }

  private static Encoded frame(RecordBuffer buffer, int count) {
    byte[] bytes = FramePacking.packed(buffer);
    if (bytes == null) {
      bytes = buffer.toByteArray();
      bytes[RocksTable.ROOM] = MARKER;
    }
    ByteBuffer.wrap(bytes).putInt(COUNT_AT, count);
    return new Encoded(bytes, count);
  }

  /**
   * The records of a frame, each with its length before it.
   *
   * @param bytes in which they stand, perhaps among others
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  record Plain(byte[] bytes, int from, int to) {}

  /** How many bytes the row's records take in memory, or more where it is damaged. */
  static int bytes(Row row) {
    byte[] value = row.value();
    return isFrame(value, FramePacking.MARKER)
        ? Math.max(value.length, FramePacking.plainBytes(value))
        : value.length;
  }

  /** As {@link #records(Row, long, int, FrameRoom, Consumer)}, of this row alone. */
  static void records(Row row, long after, int most, Consumer<LogRow> to) {
    records(row, after, most, new FrameRoom(0), to);
  }

  /**
   * Gives the row's records behind a position, at most so many, in order.
   *
   * @param room for those of a packed row
   */
  static void records(Row row, long after, int most, FrameRoom room, Consumer<LogRow> to) {
    long last = row.mark().position();
    byte[] whole = row.value();
    Plain frame = plain(whole, room);
    if (frame == null) {
      to.accept(LogRow.of(last, whole, RocksTable.ROOM, whole.length));
      return;
    }
    byte[] bytes = frame.bytes();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long position = last - count(whole);
    int at = frame.from();
    int given = 0;
    while (position < last && given < most) {
      int from = at + Integer.BYTES;
      int end = from <= frame.to() ? from + in.getInt(at) : -1;
      if (end < from || end > frame.to()) {
        // Damage: what is left of the row is one record that cannot be read.
        to.accept(LogRow.of(last, bytes, at, frame.to()));
        return;
      }
      position++;
      if (position > after) {
        to.accept(LogRow.of(position, bytes, from, end));
        given++;
      }
      at = end;
    }
  }

  /** What is right before the row. */
  static Mark before(Row row) {
    byte[] whole = row.value();
    boolean frame = isFrame(whole, MARKER) || isFrame(whole, FramePacking.MARKER);
    int records = frame ? count(whole) : 1;
    return new Mark(row.mark().position() - records, row.mark().size() - whole.length);
  }

  /** Null where the row is no frame, or damaged. */
  private static @Nullable Plain plain(byte[] row, FrameRoom room) {
    if (isFrame(row, MARKER)) {
      return new Plain(row, FIRST_RECORD, row.length);
    }
    return isFrame(row, FramePacking.MARKER) ? FramePacking.unpacked(row, room) : null;
  }

  private static boolean isFrame(byte[] row, byte marker) {
    return row.length >= FIRST_RECORD && row[RocksTable.ROOM] == marker;
  }

  private static int count(byte[] frame) {
    return ByteBuffer.wrap(frame).getInt(COUNT_AT);
  }

  /**
   * The running size right behind the record at this position, which may be within the row: there
   * it is the same share of the row as of its records.
   *
   * @throws IllegalArgumentException if it is not in the row
   */
  static Mark markAt(Row row, long position) {
    Mark end = row.mark();
    if (position == end.position()) {
      return end;
    }
    byte[] whole = row.value();
    Plain frame = plain(whole, new FrameRoom(0));
    long first = frame == null ? Long.MAX_VALUE : end.position() - count(whole) + 1;
    if (frame == null || position < first || position > end.position()) {
      throw new IllegalArgumentException("There is no record at " + position);
    }
    int at = frame.from();
    for (long passed = first; passed <= position; passed++) {
      at += Integer.BYTES + ByteBuffer.wrap(frame.bytes()).getInt(at);
    }
    long behind =
        (long) whole.length * (frame.to() - at) / (FIRST_RECORD + frame.to() - frame.from());
    return new Mark(position, end.size() - behind);
  }
}
