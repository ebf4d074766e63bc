package io.tillpost.console.exceptions;

import io.tillpost.failure.ExceptionEvent;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.FailureQueries.FailureFilter;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Resolves exceptions whose messages are all through, and opens those that came back. Any number of
 * consoles may do it at the same time.
 */
final class ExceptionSweep implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ExceptionSweep.class);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int MOST = 10_000;

  private final TriageRecords records;
  private final FailureQueries failures;
  private final Clock clock;
  private volatile boolean running;
  private @Nullable Thread thread;

  ExceptionSweep(TriageRecords records, FailureQueries failures, Clock clock) {
    this.records = records;
    this.failures = failures;
    this.clock = clock;
  }

  /** Does it once. */
  void sweep() {
    Set<String> failed =
        failures.groups(FailureFilter.ALL, MOST).stream()
            .map(Group::fingerprint)
            .map(Fingerprint::value)
            .collect(Collectors.toSet());
    for (ExceptionGroup group :
        records.in(
            EnumSet.of(ExceptionStatus.NEW, ExceptionStatus.OPEN, ExceptionStatus.RECOVERING))) {
      if (!failed.contains(group.fingerprint())) {
        tell(group, ExceptionEvent.EMPTIED, "no message is failed any more");
      }
    }
    for (ExceptionGroup group : records.in(EnumSet.of(ExceptionStatus.RESOLVED))) {
      if (failed.contains(group.fingerprint())) {
        tell(group, ExceptionEvent.RETURNED, "messages failed again");
      }
    }
  }

  @Override
  public synchronized void start() {
    if (!running) {
      running = true;
      thread = Thread.ofVirtual().name("exception-sweep").start(this::run);
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

  private void tell(ExceptionGroup group, ExceptionEvent event, String what) {
    records.change(
        new Fingerprint(group.fingerprint()), now -> now.after(event, null, what, clock.instant()));
  }

  private void run() {
    while (running) {
      try {
        sweep();
      } catch (StoreUnavailableException e) {
        log.warn("Exceptions wait for the storage: {}", e.getMessage());
      } catch (RuntimeException e) {
        log.error("Exceptions could not be looked through; again in {}", EVERY, e);
      }
      try {
        Thread.sleep(EVERY);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
