package io.tillpost.ingest.otlp;

import java.time.Instant;

/** Times as OTLP has them: unsigned nanoseconds since 1970. */
final class UnixNanos {
  private static final long PER_SECOND = 1_000_000_000;

  private UnixNanos() {}

  static Instant toInstant(long unsigned) {
    return Instant.ofEpochSecond(
        Long.divideUnsigned(unsigned, PER_SECOND), Long.remainderUnsigned(unsigned, PER_SECOND));
  }
}
