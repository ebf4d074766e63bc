package io.tillpost.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock in UTC that stands still until it is moved. Thread-safe. */
public final class MutableClock extends Clock {
  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  private MutableClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /** A clock that shows this moment. */
  public static MutableClock at(Instant now) {
    return new MutableClock(new AtomicReference<>(now), ZoneOffset.UTC);
  }

  /** A clock that shows this moment, like {@code 2026-11-23T10:15:00Z}. */
  public static MutableClock at(String now) {
    return at(Instant.parse(now));
  }

  /** Moves the clock forward. */
  public MutableClock advance(Duration duration) {
    now.updateAndGet(before -> before.plus(duration));
    return this;
  }

  /** Sets the clock, also backward. */
  public MutableClock set(Instant moment) {
    now.set(moment);
    return this;
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** A clock of the other zone that is moved together with this one. */
  @Override
  public Clock withZone(ZoneId other) {
    return new MutableClock(now, other);
  }
}
