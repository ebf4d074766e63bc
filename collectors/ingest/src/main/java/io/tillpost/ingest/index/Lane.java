package io.tillpost.ingest.index;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.tillpost.ingest.index.BatchIndexer.Outcome;
import io.tillpost.ingest.log.LogRow;
import io.tillpost.ingest.progress.IngestMetrics;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that brings parts of batches into the store, one after the other. */
final class Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final long CHECK_MILLIS = 100;

  private final BatchIndexer batches;
  private final IngestMetrics metrics;
  private final Tracer tracer;
  private final CountDownLatch stopping;
  private final Semaphore taken;
  private final BlockingQueue<Part> waiting = new ArrayBlockingQueue<>(1);
  private final Backoff backoff = new Backoff(ThreadLocalRandom.current());
  private final Semaphore again = new Semaphore(0);
  private final Thread thread;

  /** What the last part has left to the next one. */
  private List<LogRow> left = List.of();

  /** The part that is not done until that is written. */
  private @Nullable Stored unfinished;

  private volatile boolean ending;
  private volatile @Nullable String lastError;

  /**
   * A lane with its own thread.
   *
   * @param stopping once it is at zero, a part that cannot be stored is given up; {@link #tryAgain}
   *     lets it see that
   * @param taken gets a permit each time that it has room again
   */
  Lane(
      int number,
      BatchIndexer batches,
      IngestMetrics metrics,
      Tracer tracer,
      CountDownLatch stopping,
      Semaphore taken) {
    this.batches = batches;
    this.metrics = metrics;
    this.tracer = tracer;
    this.stopping = stopping;
    this.taken = taken;
    this.thread = Thread.ofPlatform().name("ingest-lane-" + number).unstarted(this::run);
  }

  /** Some of a batch's records, in order. */
  record Part(List<LogRow> rows, Undone.Batch batch) {}

  /** A part of which all records are stored or parked. */
  private record Stored(Undone.Batch batch, int stored, int parked) {
    void done() {
      batch.partDone(stored, parked);
    }
  }

  void start() {
    thread.start();
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  /** Whether a part can be put without waiting. */
  boolean hasRoom() {
    return waiting.remainingCapacity() > 0;
  }

  /** Why the last try failed, as long as nothing has succeeded since; or null. */
  @Nullable String lastError() {
    return lastError;
  }

  /** Gives it the next part when it has room; false if it takes none any more. */
  boolean put(Part part, BooleanSupplier giveUp) throws InterruptedException {
    while (!waiting.offer(part, CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (giveUp.getAsBoolean() || !thread.isAlive()) {
        return false;
      }
    }
    return true;
  }

  /** There is a reason to try what could not be stored again at once. */
  void tryAgain() {
    again.release();
  }

  /** Nothing more comes; what it has not begun stays undone. */
  void end() {
    ending = true;
  }

  void join() throws InterruptedException {
    thread.join();
  }

  private void run() {
    try {
      while (!ending) {
        Part part = waiting.poll(CHECK_MILLIS, TimeUnit.MILLISECONDS);
        if (part != null) {
          taken.release();
          if (!indexUntilDone(part)) {
            return;
          }
        }
      }
    } catch (InterruptedException _) {
      LOG.warn("A lane of the indexer was interrupted");
    } catch (RuntimeException | Error e) {
      // It must not look as if it only had nothing to do.
      LOG.error("Records wait until ingest is started again: a lane of the indexer has ended", e);
      lastError = "A lane of the indexer has ended; start ingest again: " + e;
    }
  }

  /** False if it was stopped before the store could take it. */
  private boolean indexUntilDone(Part part) throws InterruptedException {
    while (true) {
      switch (part.rows().isEmpty() && left.isEmpty()
          ? new Outcome.Done(0, 0, List.of())
          : tried(() -> traced(part.rows()))) {
        case Outcome.Done(var stored, var parked, var nowLeft) -> {
          lastError = null;
          backoff.reset();
          done(new Stored(part.batch(), stored, parked), nowLeft);
          return true;
        }
        case Outcome.Unavailable(var reason) -> {
          if (lastError == null) {
            LOG.warn("The message store cannot write for now, records wait: {}", reason);
          }
          lastError = reason;
          if (stopping.getCount() > 0) {
            writeLeft();
            var _ = again.tryAcquire(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
          }
          if (stopping.getCount() == 0) {
            return false;
          }
        }
      }
    }
  }

  /**
   * What goes wrong inside, where memory runs out for example, is tried again like what the store
   * does not take: once more is always safe, and records must not wait for somebody who starts
   * ingest again.
   */
  private static Outcome tried(Supplier<Outcome> work) {
    try {
      return work.get();
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("Records could not be brought in; they are tried again", e);
      return new Outcome.Unavailable("Ingest could not bring records in and tries again: " + e);
    }
  }

  private void done(Stored part, List<LogRow> nowLeft) {
    Stored before = unfinished;
    left = nowLeft;
    unfinished = nowLeft.isEmpty() ? null : part;
    if (before != null) {
      before.done();
    }
    if (nowLeft.isEmpty()) {
      part.done();
    }
  }

  /**
   * What one part has left must not wait for what keeps the next one from being written: that may
   * be one closed index, which its own records do not need.
   */
  private void writeLeft() {
    Stored before = unfinished;
    if (before != null
        && tried(() -> batches.index(List.of(), left))
            instanceof Outcome.Done(var _, var parked, var _)) {
      left = List.of();
      unfinished = null;
      before.batch().partDone(before.stored(), before.parked() + parked);
    }
  }

  /** Whether another part waits, so that this one may leave something to it. */
  private boolean moreWaits() {
    Part next = stopping.getCount() == 0 ? null : waiting.peek();
    return next != null && !next.rows().isEmpty();
  }

  private Outcome traced(List<LogRow> rows) {
    Span span =
        tracer.spanBuilder("index batch").setAttribute("tillpost.records", rows.size()).startSpan();
    long start = System.nanoTime();
    try (Scope _ = span.makeCurrent()) {
      Outcome outcome = batches.index(rows, left, this::moreWaits);
      if (outcome instanceof Outcome.Unavailable(var reason)) {
        span.setStatus(StatusCode.ERROR, reason);
      }
      return outcome;
    } finally {
      metrics.bulkTime().record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
      span.end();
    }
  }
}
