package io.tillpost.console.recovery;

import io.tillpost.recovery.OperationLease;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Gives each operation to one dispatcher at a time. */
public final class Leases {
  private final Documents<OperationLease> leases;
  private final Duration length;
  private final Clock clock;
  private final String dispatcher;

  public Leases(Documents<OperationLease> leases, Duration length, Clock clock, String dispatcher) {
    this.leases = leases;
    this.length = length;
    this.clock = clock;
    this.dispatcher = dispatcher;
  }

  /** Takes or renews the lease; false where another dispatcher has it. */
  boolean take(String operationId) {
    Instant now = clock.instant();
    OperationLease mine = new OperationLease(dispatcher, now.plus(length));
    Optional<Versioned<OperationLease>> known = leases.get(operationId);
    if (known.isEmpty()) {
      return leases.create(operationId, mine);
    }
    return !known.get().value().heldByAnother(dispatcher, now) && leases.replace(known.get(), mine);
  }

  /** Gives the lease back, so that another dispatcher need not wait until it runs out. */
  public void release(String operationId) {
    leases
        .get(operationId)
        .filter(lease -> lease.value().holder().equals(dispatcher))
        .ifPresent(lease -> leases.replace(lease, new OperationLease(dispatcher, clock.instant())));
  }
}
