package io.tillpost.console.audit;

import io.tillpost.store.StoreUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Makes entries findable by their words that were written before there were such, or by an older
 * console that runs beside this one. Any number of consoles may do it at the same time.
 */
@Component
final class AuditWords implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(AuditWords.class);
  private static final int PART = 500;
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final AuditLog trail;
  private volatile boolean running;
  private @Nullable Thread thread;

  AuditWords(AuditLog trail) {
    this.trail = trail;
  }

  @Override
  public synchronized void start() {
    if (!running) {
      running = true;
      thread = Thread.ofVirtual().name("audit-words").start(this::run);
    }
  }

  @Override
  public synchronized void stop() {
    running = false;
    Thread ending = thread;
    thread = null;
    if (ending != null) {
      ending.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run() {
    while (running) {
      Duration pause = EVERY;
      try {
        keepAll();
      } catch (StoreUnavailableException e) {
        pause = AGAIN;
        log.warn("Older audit entries wait for the storage: {}", e.getMessage());
      } catch (RuntimeException e) {
        log.error("Older audit entries are not found by their words; again in {}", EVERY, e);
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Until none is left. */
  private void keepAll() {
    long kept = 0;
    for (int part = trail.keepWords(PART); part > 0 && running; part = trail.keepWords(PART)) {
      kept += part;
    }
    if (kept > 0) {
      log.info("{} older audit entries are found by their words now", kept);
    }
  }
}
