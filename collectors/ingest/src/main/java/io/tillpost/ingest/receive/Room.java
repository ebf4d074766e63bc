package io.tillpost.ingest.receive;

/**
 * How much room what is written of a body takes, as it was with the last ones: an array that is too
 * small is copied, one that is too large is cleared in vain. Safe for several threads.
 */
public final class Room {
  private static final int SPARE = 1_024;
  private static final int LARGEST_SHARE = 64;

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

  /** An array for a body of so many bytes. */
  public byte[] take(int body) {
    return new byte[(int) Math.min(Integer.MAX_VALUE / 2, (long) body * share / 16) + SPARE];
  }

  /** So much was written of a body of that size; of small ones nothing follows. */
  public void used(int body, int written) {
    if (body > SPARE) {
      share = (int) Math.min(LARGEST_SHARE, (long) written * 16 / body + 2);
    }
  }
}
