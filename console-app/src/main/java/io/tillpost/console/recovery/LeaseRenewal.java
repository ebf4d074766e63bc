package io.tillpost.console.recovery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Takes a lease and renews it when a third of its time is over, however often it is asked. */
public final class LeaseRenewal implements BooleanSupplier {
  private final Leases leases;
  private final String id;
  private final Duration third;
  private final Clock clock;
  private Instant renewAt = Instant.MIN;
  private boolean held;

  public LeaseRenewal(Leases leases, String id, Duration length, Clock clock) {
    this.leases = leases;
    this.id = id;
    this.third = length.dividedBy(3);
    this.clock = clock;
  }

  /** Takes or renews the lease now; false where another dispatcher has it. */
  public synchronized boolean take() {
    renewAt = clock.instant().plus(third);
    held = leases.take(id);
    return held;
  }

  /** Renews it if it is time; false where another dispatcher has it. */
  @Override
  public synchronized boolean getAsBoolean() {
    return clock.instant().isBefore(renewAt) ? held : take();
  }
}
