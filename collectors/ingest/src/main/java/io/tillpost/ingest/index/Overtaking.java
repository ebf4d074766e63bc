package io.tillpost.ingest.index;

import io.tillpost.ingest.index.BatchIndexer.Outcome;
import io.tillpost.ingest.log.IngestLog;
import io.tillpost.ingest.log.IngestLogException;
import io.tillpost.ingest.log.LogRow;
import io.tillpost.ingest.progress.IngestMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what was just accepted, and all that comes later, into the store while a backlog is still
 * being worked on, in a lane and with a reader of its own. Where the store takes nothing, it begins
 * with what was just accepted when it does again: what came before is backlog too. The checkpoint
 * stays with the backlog: after a crash both are read again, and what is there already is found to
 * be there. See RATIONALE.md, "Overtaking".
 */
final class Overtaking {
  private static final Logger LOG = LoggerFactory.getLogger(Overtaking.class);
  private static final long MAX_BATCH_BYTES = 1L << 20;
  private static final long WAIT_MILLIS = 100;
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(2);

  /** Longer than it waits for its next try. */
  private static final Duration RECENT = LONGEST_BACKOFF.plusSeconds(1);

  private final IngestLog log;
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
  private volatile long from;
  private volatile boolean begun;
  private volatile long position;

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
    this.log = log;
    this.batches = batches;
    this.lane = lane;
    this.metrics = metrics;
    this.undone = new Undone(done -> position(done), metrics);
    this.batchSize = batchSize;
    this.mustEnd = mustEnd;
    this.storeTakes = storeTakes;
    this.clock = clock;
    this.from = Math.max(read, recently());
  }

  private void position(long done) {
    position = done;
  }

  void start() {
    thread.start();
  }

  /** Where the backlog ends; moves on as long as the store has taken nothing that came later. */
  long from() {
    return from;
  }

  /**
   * The backlog is done: reads no more, and {@link #from} stays as it is.
   *
   * @return everything behind {@link #from} up to here is in the store
   */
  long end() throws InterruptedException {
    caughtUp = true;
    thread.join();
    return begun ? position : from;
  }

  private boolean goesOn() {
    return !caughtUp && !mustEnd.getAsBoolean() && lane.isAlive();
  }

  private void run() {
    try {
      begin();
      if (begun) {
        follow();
      }
    } catch (InterruptedException _) {
      LOG.warn("Overtaking was interrupted");
    }
  }

  private void begin() throws InterruptedException {
    while (!begun && goesOn()) {
      try {
        List<LogRow> rows = log.read(from, batchSize, MAX_BATCH_BYTES);
        if (rows.isEmpty()) {
          var _ = log.awaitBeyond(from, Duration.ofMillis(WAIT_MILLIS));
          continue;
        }
        long end = log.end();
        switch (batches.index(rows)) {
          case Outcome.Done(var stored, var parked, _) -> {
            storeTakes.run();
            position = rows.getLast().position();
            if (log.end() - end > batchSize) {
              // The store had not answered for long: all that came meanwhile waits with the rest,
              // and these few are written once more.
              from = Math.max(from, recently());
            } else {
              metrics.stored(stored);
              metrics.parked(parked);
              begun = true;
            }
          }
          case Outcome.Unavailable _ -> {
            TimeUnit.MILLISECONDS.sleep(backoff.next().toMillis());
            from = Math.max(from, recently());
          }
        }
      } catch (IngestLogException e) {
        LOG.error("The ingest log does not work", e);
        TimeUnit.MILLISECONDS.sleep(WAIT_MILLIS);
      }
    }
  }

  /**
   * Where what counts as coming in now begins: with what came in these last seconds, so that hardly
   * anything waits with the backlog that came in as the store began to take again.
   */
  private long recently() {
    return log.beforeThoseSince(clock.instant().minus(RECENT), batchSize / 2);
  }

  private void follow() throws InterruptedException {
    long read = position;
    while (goesOn()) {
      try {
        List<LogRow> rows = log.read(read, batchSize, MAX_BATCH_BYTES);
        if (rows.isEmpty()) {
          var _ = log.awaitBeyond(read, Duration.ofMillis(WAIT_MILLIS));
        } else {
          read = rows.getLast().position();
          if (!lane.put(new Lane.Part(rows, undone.begin(read, 1)), mustEnd)) {
            return;
          }
        }
      } catch (IngestLogException e) {
        LOG.error("The ingest log does not work", e);
        TimeUnit.MILLISECONDS.sleep(WAIT_MILLIS);
      }
    }
    var _ = undone.awaitNone(() -> !mustEnd.getAsBoolean() && lane.isAlive());
  }
}
