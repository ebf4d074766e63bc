package io.tillpost.ingest.index;

import io.tillpost.ingest.index.BatchIndexer.Outcome;
import io.tillpost.ingest.log.IngestLog;
import io.tillpost.ingest.log.IngestLogException;
import io.tillpost.ingest.log.LogRow;
import io.tillpost.ingest.log.LogTail;
import io.tillpost.ingest.progress.IngestMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what was just accepted, and all that comes later, into the store while a backlog is still
 * being worked on, in a lane and from a {@linkplain LogTail tail} of the log. Where the store takes
 * nothing, it begins with what was just accepted when it does again: what came before is backlog
 * too. The checkpoint stays with the backlog: after a crash both are read again, and what is there
 * already is found to be there. See RATIONALE.md, "Overtaking".
 */
final class Overtaking {
  private static final Logger LOG = LoggerFactory.getLogger(Overtaking.class);
  private static final long MAX_BATCH_BYTES = 1L << 20;
  private static final Duration WAIT = Duration.ofMillis(100);
  private static final long AGAIN_MILLIS = 1_000;
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(2);

  /** Longer than it waits for its next try. */
  private static final Duration RECENT = LONGEST_BACKOFF.plusSeconds(1);

  private final LogTail tail;
  private final BatchIndexer batches;
  private final Lane lane;
  private final IngestMetrics metrics;
  private final Undone undone;
  private final int batchSize;
  private final Clock clock;
  private final BooleanSupplier mustEnd;
  private final Runnable storeTakes;
  private final Thread thread = Thread.ofPlatform().name("ingest-overtaking").unstarted(this::run);
  private final Backoff backoff = new Backoff(ThreadLocalRandom.current(), LONGEST_BACKOFF);
  private volatile boolean caughtUp;
  private volatile boolean hasEnded;
  private boolean begun;
  private @Nullable String problem;

  /**
   * Of a log from about its end on.
   *
   * @param read up to where it is read; what is overtaken ends there or later
   * @param mustEnd whether ingest has to end
   * @param storeTakes is told when the store has taken the first records
   */
  Overtaking(
      IngestLog log,
      BatchIndexer batches,
      Lane lane,
      IngestMetrics metrics,
      int batchSize,
      Clock clock,
      long read,
      BooleanSupplier mustEnd,
      Runnable storeTakes) {
    this.batches = batches;
    this.lane = lane;
    this.metrics = metrics;
    this.batchSize = batchSize;
    this.mustEnd = mustEnd;
    this.storeTakes = storeTakes;
    this.clock = clock;
    this.tail = log.tail(read, lately(), few());
    this.undone = new Undone(tail::done, metrics);
  }

  /**
   * What was accepted since then counts as coming in, so that hardly anything waits with the
   * backlog that came in as the store began to take again.
   */
  private Instant lately() {
    return clock.instant().minus(RECENT);
  }

  private int few() {
    return batchSize / 2;
  }

  void start() {
    thread.start();
  }

  /**
   * Where the backlog ends; moves on as long as the store has taken nothing that came later. 0 once
   * that will not be known any more: then what has overtaken is merged as far as it can be.
   */
  long from() {
    boolean isKnown = !hasEnded || tail.from() < Long.MAX_VALUE;
    return isKnown ? tail.from() : 0;
  }

  /** The backlog is done, it seems: reads no more, and moves {@link #from} no more. */
  void end() throws InterruptedException {
    caughtUp = true;
    thread.join();
  }

  /** After the end, and with the backlog done: {@link LogTail#merge}. */
  long merge() {
    return tail.merge();
  }

  private boolean goesOn() {
    return !caughtUp && !mustEnd.getAsBoolean() && lane.isAlive();
  }

  private void run() {
    try (tail) {
      begin();
      if (begun) {
        follow();
      }
    } catch (InterruptedException _) {
      LOG.warn("Overtaking was interrupted");
    } catch (RuntimeException e) {
      LOG.error("What comes in overtakes the backlog no more for now", e);
    } finally {
      if (!caughtUp && !mustEnd.getAsBoolean()) {
        // Something is wrong: before it is begun again the backlog is worked on for a while.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(AGAIN_MILLIS));
      }
      hasEnded = true;
    }
  }

  private void begin() throws InterruptedException {
    boolean again = false;
    while (!begun && goesOn()) {
      try {
        if (again) {
          tail.restart(lately(), few());
        }
        // Whatever happens to what is read now: until it is known to be stored, it is not done.
        again = true;
        List<LogRow> rows = read();
        if (rows.isEmpty()) {
          again = false;
          continue;
        }
        long end = tail.end();
        switch (batches.index(rows)) {
          case Outcome.Done(var stored, var parked, _) -> {
            storeTakes.run();
            // Else the store had not answered for long: what came meanwhile waits with the rest.
            if (tail.end() - end <= batchSize) {
              tail.done(rows.getLast().position());
              metrics.stored(stored);
              metrics.parked(parked);
              begun = true;
            }
          }
          case Outcome.Unavailable _ -> TimeUnit.MILLISECONDS.sleep(backoff.next().toMillis());
        }
      } catch (IngestLogException e) {
        failed(e);
      }
    }
  }

  private List<LogRow> read() throws InterruptedException {
    List<LogRow> rows = tail.read(WAIT, batchSize, MAX_BATCH_BYTES);
    problem = null;
    return rows;
  }

  private void follow() throws InterruptedException {
    while (goesOn()) {
      try {
        List<LogRow> rows = read();
        if (!rows.isEmpty()
            && !lane.put(
                new Lane.Part(rows, undone.begin(rows.getLast().position(), 1)), mustEnd)) {
          return;
        }
      } catch (IngestLogException e) {
        failed(e);
      }
    }
    var _ = undone.awaitNone(() -> !mustEnd.getAsBoolean() && lane.isAlive());
  }

  private void failed(IngestLogException e) throws InterruptedException {
    String reason = String.valueOf(e.getMessage());
    if (!reason.equals(problem)) {
      LOG.error("What comes in cannot be read apart from the backlog for now", e);
    }
    problem = reason;
    TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
  }
}
