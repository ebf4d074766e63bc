package io.tillpost.console.recovery;

import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Lets one console at a time plan automatic retries. The lease saves work and guarantees nothing:
 * what keeps two from sending the same attempt are ids of operations and claims.
 */
final class AutomaticRun implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(AutomaticRun.class);
  private static final String LEASE = "automatic-retry";

  private final AutomaticRetry retry;
  private final boolean needed;
  private final Duration every;
  private final Leases leases;
  private final LeaseRenewal renewal;
  private volatile boolean running;
  private @Nullable Thread thread;

  AutomaticRun(
      AutomaticRetry retry, RecoveryRecords records, RecoveryProperties settings, Clock clock) {
    this.retry = retry;
    this.needed = !settings.automatic().isEmpty();
    this.every = settings.automaticEvery();
    this.leases =
        new Leases(records.leases(), settings.lease(), clock, "console-" + UUID.randomUUID());
    this.renewal = new LeaseRenewal(leases, LEASE, settings.lease(), clock);
  }

  @Override
  public synchronized void start() {
    if (!running) {
      running = true;
      if (needed) {
        thread = Thread.ofVirtual().name("automatic-retry").start(this::run);
      }
    }
  }

  @Override
  public synchronized void stop() {
    running = false;
    Thread ending = thread;
    thread = null;
    if (ending == null) {
      return;
    }
    ending.interrupt();
    try {
      ending.join();
      leases.release(LEASE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (StoreUnavailableException e) {
      log.warn("The lease could not be given back, it runs out by itself: {}", e.getMessage());
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run() {
    while (running) {
      try {
        if (renewal.take()) {
          retry.look();
        }
      } catch (StoreUnavailableException e) {
        log.warn("Automatic retry waits for the storage: {}", e.getMessage());
      } catch (RuntimeException e) {
        log.error("Automatic retry could not look for work; it looks again in {}", every, e);
      }
      try {
        Thread.sleep(every);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
