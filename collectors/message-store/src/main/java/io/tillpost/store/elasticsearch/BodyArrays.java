package io.tillpost.store.elasticsearch;

import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Large arrays to write bulk bodies into, used again: making and clearing megabytes for each batch
 * costs more than filling them. Keeps few; safe for several threads.
 */
final class BodyArrays {
  private static final int FIRST_BYTES = 1 << 20;
  private static final int LARGEST_KEPT = 16 << 20;

  private final ArrayBlockingQueue<byte[]> free = new ArrayBlockingQueue<>(5);

  /** An array with anything in it. */
  byte[] take() {
    byte @Nullable [] array = free.poll();
    return array == null ? new byte[FIRST_BYTES] : array;
  }

  /** Nothing uses the array any more. */
  void giveBack(byte[] array) {
    if (array.length <= LARGEST_KEPT) {
      var _ = free.offer(array);
    }
  }
}
