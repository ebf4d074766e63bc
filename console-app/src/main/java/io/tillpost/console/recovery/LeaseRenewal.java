package io.tillpost.console.recovery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Renews a lease when a third of its time is over, however often it is asked. */
final class LeaseRenewal implements BooleanSupplier {
  private final Leases leases;
  private final String operationId;
  private final Duration third;
  private final Clock clock;
  private Instant renewAt;

  LeaseRenewal(Leases leases, String operationId, Duration length, Clock clock) {
    this.leases = leases;
    this.operationId = operationId;
    this.third = length.dividedBy(3);
    this.clock = clock;
    this.renewAt = clock.instant().plus(third);
  }

  /** False where another dispatcher has the lease. */
  @Override
  public boolean getAsBoolean() {
    Instant now = clock.instant();
    if (now.isBefore(renewAt)) {
      return true;
    }
    renewAt = now.plus(third);
    return leases.take(operationId);
  }
}
