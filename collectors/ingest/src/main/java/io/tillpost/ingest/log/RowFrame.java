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
   * Gives the row's records behind a position, at most so many, in order.
   *
   * @return the bytes that these keep in memory
   */
  static int records(Row row, long after, int most, Consumer<LogRow> to) {
    long last = row.mark().position();
    byte[] bytes = frame(row.value());
    if (bytes == null) {
      byte[] whole = row.value();
      to.accept(single(last, whole, RocksTable.ROOM, whole.length));
      return whole.length;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long position = last - in.getInt(COUNT_AT);
    int at = FIRST_RECORD;
    int given = 0;
    while (position < last && given < most) {
      int from = at + Integer.BYTES;
      int end = from <= bytes.length ? from + in.getInt(at) : -1;
      if (end < from || end > bytes.length) {
        // Damage: what is left of the row is one record that cannot be read.
        to.accept(single(last, bytes, at, bytes.length));
        return bytes.length;
      }
      position++;
      if (position > after) {
        to.accept(single(position, bytes, from, end));
        given++;
      }
      at = end;
    }
    return bytes.length;
  }

  /** The frame, unpacked; null where the row is none, or damaged. */
  private static byte @Nullable [] frame(byte[] row) {
    if (row.length < FIRST_RECORD) {
      return null;
    }
    return switch (row[RocksTable.ROOM]) {
      case MARKER -> row;
      case FramePacking.MARKER -> FramePacking.unpacked(row);
      default -> null;
    };
  }

  private static LogRow single(long position, byte[] bytes, int from, int to) {
    return new LogRow(position, RecordCodec.group(bytes, from, to), bytes, from, to);
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
    byte[] bytes = frame(row.value());
    long first =
        bytes == null
            ? Long.MAX_VALUE
            : end.position() - ByteBuffer.wrap(bytes).getInt(COUNT_AT) + 1;
    if (bytes == null || position < first || position > end.position()) {
      throw new IllegalArgumentException("There is no record at " + position);
    }
    int at = FIRST_RECORD;
    for (long passed = first; passed <= position; passed++) {
      at += Integer.BYTES + ByteBuffer.wrap(bytes).getInt(at);
    }
    long behind = (long) row.value().length * (bytes.length - at) / bytes.length;
    return new Mark(position, end.size() - behind);
  }
}
