package io.tillpost.ingest.index;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.tillpost.ingest.index.BatchIndexer.Outcome;
import io.tillpost.ingest.log.IngestLog;
import io.tillpost.ingest.log.IngestLogException;
import io.tillpost.ingest.log.LogEntry;
import io.tillpost.ingest.progress.IngestMetrics;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that reads the ingest log in order, brings each batch into the store, and only then
 * moves the checkpoint. While the store cannot write, the same batch is tried again with back-off;
 * nothing overtakes it.
 */
public final class Indexer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);
  private static final long MAX_BATCH_BYTES = 8L << 20;
  private static final Duration IDLE = Duration.ofMillis(200);

  private final IngestLog log;
  private final BatchIndexer batches;
  private final IngestMetrics metrics;
  private final Tracer tracer;
  private final int batchSize;
  private final Duration drain;
  private final Thread thread = Thread.ofPlatform().name("ingest-indexer").unstarted(this::run);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Backoff backoff = new Backoff(ThreadLocalRandom.current());
  private volatile long drainUntil = Long.MAX_VALUE;
  private volatile @Nullable String lastError;

  /**
   * From a log into stores.
   *
   * @param batchSize the most records written at once
   * @param drain how long {@link #close} may go on with what waits
   */
  public Indexer(
      IngestLog log,
      Stores stores,
      IngestMetrics metrics,
      OpenTelemetry telemetry,
      Clock clock,
      int batchSize,
      Duration drain) {
    this.log = log;
    this.batches = new BatchIndexer(stores.ingestWriter(), stores.documents(), clock);
    this.metrics = metrics;
    this.tracer = telemetry.getTracer("io.tillpost.ingest");
    this.batchSize = batchSize;
    this.drain = drain;
  }

  /** Begins to index. */
  public void start() {
    thread.start();
  }

  /** Why the last try failed, as long as nothing has succeeded since; or null. */
  public @Nullable String lastError() {
    return lastError;
  }

  private void run() {
    while (!mustEnd()) {
      try {
        List<LogEntry> entries = log.read(log.checkpoint(), batchSize, MAX_BATCH_BYTES);
        if (!entries.isEmpty()) {
          indexUntilDone(entries);
        } else if (isStopping()) {
          return;
        } else {
          var _ = log.awaitBeyond(log.checkpoint(), IDLE);
        }
      } catch (IngestLogException e) {
        LOG.error("The ingest log does not work", e);
        lastError = e.getMessage();
        waitFor(backoff.next());
      } catch (InterruptedException _) {
        LOG.warn("The indexer was interrupted");
        return;
      }
    }
  }

  private void indexUntilDone(List<LogEntry> entries) {
    while (true) {
      switch (traced(entries)) {
        case Outcome.Done(var stored, var parked) -> {
          log.moveCheckpoint(entries.getLast().position());
          metrics.stored(stored);
          metrics.parked(parked);
          lastError = null;
          backoff.reset();
          return;
        }
        case Outcome.Unavailable(var reason) -> {
          if (lastError == null) {
            LOG.warn("The message store cannot write for now, records wait: {}", reason);
          }
          lastError = reason;
          waitFor(backoff.next());
          if (isStopping()) {
            return;
          }
        }
      }
    }
  }

  private Outcome traced(List<LogEntry> entries) {
    Span span =
        tracer
            .spanBuilder("index batch")
            .setAttribute("tillpost.records", entries.size())
            .startSpan();
    long start = System.nanoTime();
    try (Scope _ = span.makeCurrent()) {
      Outcome outcome = batches.index(entries);
      if (outcome instanceof Outcome.Unavailable(var reason)) {
        span.setStatus(StatusCode.ERROR, reason);
      }
      return outcome;
    } finally {
      metrics.bulkTime().record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
      span.end();
    }
  }

  private void waitFor(Duration duration) {
    try {
      var _ = stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private boolean mustEnd() {
    return isStopping() && System.nanoTime() - drainUntil >= 0;
  }

  /** Goes on with what waits for a bounded time, then ends; the rest stays in the log. */
  @Override
  public void close() {
    drainUntil = System.nanoTime() + drain.toNanos();
    stopping.countDown();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
