package io.tillpost.ingest.log;

/**
 * Room for the records of packed frames that are read together, many frames in one array. A
 * collector copies small arrays again and again as long as a batch is under way; arrays as large as
 * one of its regions stay where they are. See RATIONALE.md, "Where unpacked frames stand".
 */
final class FrameRoom {
  /** One region, where these are smallest, without the head of an array. */
  private static final int LARGE_BYTES = (1 << 20) - 64;

  private long expected;
  private byte[] bytes = {};
  private int end;

  /**
   * Nothing is taken.
   *
   * @param expected how many bytes will be taken in all, as far as is known
   */
  FrameRoom(long expected) {
    this.expected = expected;
  }

  /** Takes so many bytes of {@link #array}, and returns where they begin. */
  int take(int length) {
    if (bytes.length - end < length) {
      bytes = new byte[(int) Math.max(length, Math.min(expected, LARGE_BYTES))];
      end = 0;
    }
    int from = end;
    end += length;
    expected -= length;
    return from;
  }

  /** That of which bytes were taken last. */
  byte[] array() {
    return bytes;
  }
}
