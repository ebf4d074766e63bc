package io.tillpost.ingest.index;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Exponential back-off with full jitter, up to half a minute or what else is the longest. */
final class Backoff {
  private static final long FIRST_MILLIS = 200;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final RandomGenerator random;
  private final long maxMillis;
  private long ceiling = FIRST_MILLIS;

  Backoff(RandomGenerator random) {
    this(random, LONGEST);
  }

  Backoff(RandomGenerator random, Duration longest) {
    this.random = random;
    this.maxMillis = longest.toMillis();
  }

  /** How long to wait before the next try. */
  Duration next() {
    long wait = 1 + random.nextLong(ceiling);
    ceiling = Math.min(ceiling * 2, maxMillis);
    return Duration.ofMillis(wait);
  }

  /** A try succeeded. */
  void reset() {
    ceiling = FIRST_MILLIS;
  }
}
