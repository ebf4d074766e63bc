package io.tillpost.ingest.progress;

import io.tillpost.ingest.log.Backlog;
import io.tillpost.ingest.log.IngestLog;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.IngestProcess;
import io.tillpost.store.IngestProcess.State;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every few seconds how this ingest process is doing. */
public final class ProgressReporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressReporter.class);
  private static final long EVERY_SECONDS = 2;
  private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(10);

  private final String id;
  private final String host;
  private final IngestLog log;
  private final IngestMetrics metrics;
  private final DocumentStore documents;
  private final Supplier<@Nullable String> lastError;
  private final Clock clock;
  private final Instant startedAt;
  private final Rate rate = new Rate();
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("ingest-progress").daemon().factory());
  private @Nullable IngestProcess written;

  /**
   * For one process.
   *
   * @param lastError why the store cannot write for now, or null
   */
  public ProgressReporter(
      String id,
      String host,
      IngestLog log,
      IngestMetrics metrics,
      DocumentStore documents,
      Supplier<@Nullable String> lastError,
      Clock clock) {
    this.id = id;
    this.host = host;
    this.log = log;
    this.metrics = metrics;
    this.documents = documents;
    this.lastError = lastError;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** Begins to write. */
  public void start() {
    var _ =
        schedule.scheduleWithFixedDelay(
            () -> writeIfDue(false), 0, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** How it is now. */
  public IngestProcess now(boolean stopped) {
    Instant now = clock.instant();
    Backlog backlog = log.backlog();
    IngestMetrics.Totals totals = metrics.totals();
    Instant oldest = backlog.oldestAcceptedAt();
    long lag = oldest == null ? 0 : Math.max(0, Duration.between(oldest, now).toSeconds());
    String problem = log.problem();
    String error = problem == null ? lastError.get() : problem;
    return new IngestProcess(
        id,
        host,
        startedAt,
        now,
        totals.accepted(),
        totals.stored(),
        totals.parked(),
        totals.rejected(),
        backlog.records(),
        backlog.bytes(),
        oldest,
        lag,
        state(stopped, problem, error),
        error,
        rate.at(now, totals.accepted()));
  }

  private State state(boolean stopped, @Nullable String problem, @Nullable String error) {
    if (stopped) {
      return State.STOPPED;
    }
    if (problem != null || log.isNearlyFull()) {
      return State.OVER_CAPACITY;
    }
    return error == null ? State.RUNNING : State.STORE_UNAVAILABLE;
  }

  private synchronized void writeIfDue(boolean stopped) {
    try {
      IngestProcess now = now(stopped);
      if (stopped || isNews(now)) {
        documents.of(IngestProcess.DOCUMENTS).put(id, now);
        written = now;
      }
    } catch (StoreUnavailableException e) {
      LOG.debug("The progress of ingest cannot be written for now", e);
    } catch (RuntimeException | OutOfMemoryError e) {
      // Thrown out of here it would silently end the schedule.
      LOG.error("The progress of ingest cannot be told", e);
    }
  }

  private boolean isNews(IngestProcess now) {
    IngestProcess last = written;
    return last == null
        || last.updatedAt().plus(AT_LEAST_EVERY).isBefore(now.updatedAt())
        || last.acceptedTotal() != now.acceptedTotal()
        || last.storedTotal() != now.storedTotal()
        || last.rejectedTotal() != now.rejectedTotal()
        || last.backlog() != now.backlog()
        || last.state() != now.state();
  }

  /** Writes a last time, that the process has stopped. */
  @Override
  public void close() {
    schedule.shutdown();
    try {
      if (schedule.awaitTermination(EVERY_SECONDS, TimeUnit.SECONDS)) {
        writeIfDue(true);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
