package io.tillpost.ingest.log;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;

/** Collects encoded records, each with its length before it, in one array that grows. */
final class RecordBuffer {
  private final int usualBytes;
  private byte[] bytes;
  private int size;

  RecordBuffer(int usualBytes) {
    this.usualBytes = usualBytes;
    this.bytes = new byte[usualBytes];
  }

  /** Forgets what is in it, and leaves so many bytes free at the beginning. */
  void reset(int room) {
    size = room;
    if (bytes.length > usualBytes) {
      // It had a record far larger than most.
      bytes = new byte[usualBytes];
    }
  }

  int size() {
    return size;
  }

  void append(IngestRecord record, Instant acceptedAt) {
    int from = size + Integer.BYTES;
    int end = RecordCodec.encode(record, acceptedAt, bytes, from);
    while (end < 0) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
      end = RecordCodec.encode(record, acceptedAt, bytes, from);
    }
    ByteBuffer.wrap(bytes).putInt(size, end - from);
    size = end;
  }

  /**
   * Packs what stands behind the first so many bytes.
   *
   * @return how many bytes that took
   * @throws LZ4Exception if it takes more than the most
   */
  int pack(LZ4Compressor pack, int from, byte[] to, int at, int most) {
    return pack.compress(bytes, from, size - from, to, at, most);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** What stands behind the first so many bytes. */
  byte[] toByteArray(int from) {
    return Arrays.copyOfRange(bytes, from, size);
  }
}
