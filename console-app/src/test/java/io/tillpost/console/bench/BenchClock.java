package io.tillpost.console.bench;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs from the moment for which the store was filled, whenever that was, and can be pushed on, so
 * that nothing kept for a while is fresh any more.
 */
final class BenchClock extends Clock {
  private final AtomicLong ahead;

  /** A clock that shows this moment now. */
  BenchClock(Instant now) {
    ahead = new AtomicLong(now.toEpochMilli() - System.currentTimeMillis());
  }

  /** Lets time pass. */
  void pass(Duration time) {
    ahead.addAndGet(time.toMillis());
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(System.currentTimeMillis() + ahead.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("UTC only");
  }
}
