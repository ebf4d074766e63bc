package io.tillpost.ingest.receive;

/**
 * Where what is written of a body finds room: in an array that its thread keeps, where that is
 * large enough for what the last bodies became. An array that is too small is copied, and a new one
 * for each body would be cleared in vain and drive young collections. Safe for several threads.
 */
public final class Room {
  private static final int SPARE = 1_024;
  private static final int LARGEST_SHARE = 64;

  /** Enough for the largest requests of stock senders; larger ones get an array of their own. */
  private static final int KEPT_BYTES = 1 << 20;

  private static final ThreadLocal<byte[]> KEPT =
      ThreadLocal.withInitial(() -> new byte[KEPT_BYTES]);

  /** What was written, in sixteenths of the body. */
  private volatile int share;

  /**
   * For bodies of one kind.
   *
   * @param share what is expected of the first, in sixteenths of the body
   */
  public Room(int share) {
    this.share = share;
  }

  /**
   * An array for a body of so many bytes, with anything in it. It may be the same one that this
   * thread was given before: what was written of the body before has to be done with.
   */
  public byte[] take(int body) {
    long expected = (long) body * share / 16 + SPARE;
    return expected <= KEPT_BYTES
        ? KEPT.get()
        : new byte[(int) Math.min(Integer.MAX_VALUE / 2, expected)];
  }

  /** So much was written of a body of that size; of small ones nothing follows. */
  public void used(int body, int written) {
    if (body > SPARE) {
      share = (int) Math.min(LARGEST_SHARE, (long) written * 16 / body + 2);
    }
  }
}
