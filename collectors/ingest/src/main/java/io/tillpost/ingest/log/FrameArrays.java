package io.tillpost.ingest.log;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that large frames are unpacked into, used again. What waits to be indexed outlives several
 * young collections, each of which would copy it. Whoever has read the rows says when nobody looks
 * at them any more; where nobody says so their arrays are garbage as any other. Safe for several
 * threads.
 */
final class FrameArrays {
  /** Smaller frames take an array of their size: one for a full frame would be mostly empty. */
  static final int LARGE_BYTES = RowFrame.USUAL_BYTES / 2;

  private final BlockingQueue<byte[]> free;

  /**
   * Has none yet.
   *
   * @param mostBytes are kept while nobody uses them
   */
  FrameArrays(long mostBytes) {
    free = new ArrayBlockingQueue<>((int) Math.max(1, mostBytes / RowFrame.USUAL_BYTES));
  }

  /** An array with room for so many bytes, and anything in it. */
  byte[] take(int bytes) {
    if (bytes < LARGE_BYTES || bytes > RowFrame.USUAL_BYTES) {
      return new byte[bytes];
    }
    byte @Nullable [] before = free.poll();
    return before == null ? new byte[RowFrame.USUAL_BYTES] : before;
  }

  /** Nobody looks at these rows any more, which are all that were read at once, in order. */
  @SuppressWarnings("ReferenceEquality") // it is the very array that matters
  void giveBack(List<LogRow> rows) {
    byte @Nullable [] last = null;
    for (LogRow row : rows) {
      // The rows of a frame follow each other: an array given back twice would be given out twice.
      if (row.bytes() != last) {
        last = row.bytes();
        if (last.length == RowFrame.USUAL_BYTES) {
          var _ = free.offer(last);
        }
      }
    }
  }

  /** Keeps none of them any more. */
  void clear() {
    free.clear();
  }
}
