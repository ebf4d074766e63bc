package io.tillpost.ingest.log;

import java.util.concurrent.atomic.AtomicLong;

/** How large records are lately: Kafka tells how many wait, not how large they are. */
final class RecordSize {
  private static final int SHARE = 64;

  /** In 64ths of a byte. */
  private final AtomicLong average = new AtomicLong(1_000L * SHARE);

  void seen(int bytes) {
    // A lost update among several threads makes no difference.
    long now = average.get();
    average.set(now + bytes - now / SHARE);
  }

  /** Bytes of so many records, about. */
  long of(long records) {
    return records * (average.get() / SHARE);
  }
}
