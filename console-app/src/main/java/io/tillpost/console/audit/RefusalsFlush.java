package io.tillpost.console.audit;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Has refusals that were counted written when their minute is over, and when the console ends. */
@Component
final class RefusalsFlush implements SmartLifecycle {
  private static final long EVERY_SECONDS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(RefusalsFlush.class);

  private final AuditLog log;
  private @Nullable ScheduledExecutorService clockwork;

  RefusalsFlush(AuditLog log) {
    this.log = log;
  }

  @Override
  public synchronized void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("refused-acts").factory());
    var _ =
        started.scheduleWithFixedDelay(this::flush, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    clockwork = started;
  }

  private void flush() {
    try {
      log.flushRefused();
    } catch (RuntimeException e) {
      // Thrown out of here it would silently end the schedule.
      LOG.error("What was refused could not be written to the audit trail", e);
    }
  }

  @Override
  public synchronized void stop() {
    ScheduledExecutorService running = clockwork;
    if (running != null) {
      clockwork = null;
      running.shutdown();
      log.flushAllRefused();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return clockwork != null;
  }
}
