package io.tillpost.ingest.receive;

/**
 * Arrays into which records are written while a body is decoded: one for each thread, used again
 * for its next body, so that it stays in the caches of a processor and need not be cleared. What is
 * written is of use until the next {@link #take} of the same thread; by then it is in the ingest
 * log, which copies it. See RATIONALE.md, "Where records are written". Safe for several threads.
 */
public final class Room {
  private static final int USUAL_BYTES = 64 * 1024;

  /** Larger ones are made for a body that is larger than usual, and not kept. */
  private static final int LARGEST_KEPT = 2 * 1024 * 1024;

  private final ThreadLocal<byte[]> arrays;

  /** Arrays that suffice for small bodies, and grow with larger ones. */
  public Room() {
    this(USUAL_BYTES);
  }

  /**
   * As the other one.
   *
   * @param bytes that the first array of each thread has
   */
  public Room(int bytes) {
    arrays = ThreadLocal.withInitial(() -> new byte[bytes]);
  }

  /** An array with anything in it. */
  public byte[] take() {
    return arrays.get();
  }

  /** What was written stands in this one in the end, perhaps because the first was too small. */
  public void grown(byte[] array) {
    if (array.length <= LARGEST_KEPT) {
      arrays.set(array);
    }
  }
}
