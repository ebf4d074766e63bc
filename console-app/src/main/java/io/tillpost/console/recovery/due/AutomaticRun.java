package io.tillpost.console.recovery.due;

import io.tillpost.console.background.RepeatedWork;
import io.tillpost.console.recovery.LeaseRenewal;
import io.tillpost.console.recovery.Leases;
import io.tillpost.console.recovery.RecoveryProperties;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one console at a time plan automatic retries. The lease saves work and guarantees nothing:
 * what keeps two from sending the same attempt are ids of operations and claims.
 */
public final class AutomaticRun extends RepeatedWork {
  private static final Logger log = LoggerFactory.getLogger(AutomaticRun.class);
  private static final String LEASE = "automatic-retry";

  private final AutomaticRetry retry;
  private final boolean needed;
  private final Leases leases;
  private final LeaseRenewal renewal;

  public AutomaticRun(
      AutomaticRetry retry, RecoveryRecords records, RecoveryProperties settings, Clock clock) {
    super("automatic-retry", settings.automaticEvery());
    this.retry = retry;
    this.needed = !settings.automatic().isEmpty();
    this.leases =
        new Leases(records.leases(), settings.lease(), clock, "console-" + UUID.randomUUID());
    this.renewal = new LeaseRenewal(leases, LEASE, settings.lease(), clock);
  }

  @Override
  public synchronized void start() {
    if (needed) {
      super.start();
    }
  }

  @Override
  public synchronized void stop() {
    boolean began = isRunning();
    super.stop();
    if (!began) {
      return;
    }
    try {
      leases.release(LEASE);
    } catch (StoreUnavailableException e) {
      log.warn("The lease could not be given back, it runs out by itself: {}", e.getMessage());
    }
  }

  @Override
  protected void once() {
    if (renewal.take()) {
      retry.look();
    }
  }
}
