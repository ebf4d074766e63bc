package io.tillpost.ingest.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.jspecify.annotations.Nullable;

/**
 * Makes long frames small by LZ4. Their records resemble each other, so that less has to be
 * checked, copied, synced and kept than packing costs; see RATIONALE.md, "Packed frames".
 *
 * <p>A packed frame begins as any other, with another marker; then come the number of bytes of its
 * records, and these, packed.
 */
final class FramePacking {
  static final byte MARKER = 0x7E;

  /** Shorter ones have too little that repeats. */
  private static final int WORTH_IT_BYTES = 2 * 1024;

  private static final int LENGTH_AT = RowFrame.FIRST_RECORD;
  private static final int PACKED_AT = LENGTH_AT + Integer.BYTES;

  /** LZ4 makes at most so many bytes of one. */
  private static final long MOST_OF_ONE = 255;

  private static final LZ4Compressor PACK = LZ4Factory.fastestInstance().fastCompressor();
  private static final LZ4SafeDecompressor UNPACK = LZ4Factory.fastestInstance().safeDecompressor();

  private static final ThreadLocal<byte[]> ROOM =
      ThreadLocal.withInitial(() -> new byte[RowFrame.USUAL_BYTES]);

  private FramePacking() {}

  /** The frame without its marker, packed; null where that does not make it smaller by a part. */
  static byte @Nullable [] packed(RecordBuffer frame) {
    int plain = frame.size() - RowFrame.FIRST_RECORD;
    byte[] to = ROOM.get();
    int most = Math.min(to.length, plain - plain / 8) - PACKED_AT;
    if (plain < WORTH_IT_BYTES) {
      return null;
    }
    try {
      int end = PACKED_AT + frame.pack(PACK, RowFrame.FIRST_RECORD, to, PACKED_AT, most);
      byte[] bytes = Arrays.copyOf(to, end);
      bytes[RocksTable.ROOM] = MARKER;
      ByteBuffer.wrap(bytes).putInt(LENGTH_AT, plain);
      return bytes;
    } catch (LZ4Exception _) {
      // It does not fit: nothing repeats, or it is one huge record.
      return null;
    }
  }

  /** How many bytes the records take, unpacked; less than none if the frame is damaged. */
  static int plainBytes(byte[] row) {
    int packed = row.length - PACKED_AT;
    int plain = packed > 0 ? ByteBuffer.wrap(row).getInt(LENGTH_AT) : -1;
    return plain > packed * MOST_OF_ONE ? -1 : plain;
  }

  /** The records as they were before; null if they are damaged. */
  static RowFrame.@Nullable Plain unpacked(byte[] row, FrameRoom room) {
    int plain = plainBytes(row);
    if (plain < 0) {
      return null;
    }
    int from = room.take(plain);
    byte[] to = room.array();
    try {
      int made = UNPACK.decompress(row, PACKED_AT, row.length - PACKED_AT, to, from, plain);
      return made == plain ? new RowFrame.Plain(to, from, from + plain) : null;
    } catch (LZ4Exception _) {
      return null;
    }
  }
}
