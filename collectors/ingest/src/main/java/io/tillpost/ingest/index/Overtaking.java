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
 * too, whether it had begun before or not. The checkpoint stays with the backlog: after a crash
 * both are read again, and what is there already is found to be there. See RATIONALE.md,
 * "Overtaking".
 */
final class Overtaking {
  private static final Logger LOG = LoggerFactory.getLogger(Overtaking.class);

  /** Soon answered, whether the store takes it or not. */
  private static final long MAX_TRY_BYTES = 1L << 20;

  /** Where it is behind it catches up in fewer and larger requests. */
  private static final long MAX_BATCH_BYTES = Indexer.MAX_BATCH_BYTES / 4;

  private static final int FEWEST = 100;
  private static final Duration WAIT = Duration.ofMillis(100);
  private static final long AGAIN_MILLIS = 1_000;
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(2);

  /** Longer than it waits for its next try. */
  private static final Duration RECENT = LONGEST_BACKOFF.plusSeconds(1);

  private final LogTail tail;
  private final BatchIndexer batches;
  private final Lane lane;
  private final IngestMetrics metrics;
  private final int batchSize;
  private final FarBehind farBehind;
  private final Clock clock;
  private final BooleanSupplier mustEnd;
  private final Runnable storeTakes;
  private final Thread thread = Thread.ofPlatform().name("ingest-overtaking").unstarted(this::run);
  private final Backoff backoff = new Backoff(ThreadLocalRandom.current(), LONGEST_BACKOFF);
  private volatile boolean caughtUp;
  private volatile boolean hasEnded;

  /** Something that was read may not be stored: before it reads on, it begins anew. */
  private boolean again;

  private @Nullable String problem;

  /**
   * Of a log from about its end on.
   *
   * @param farBehind where so much comes in while the store takes nothing, it begins anew
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
      FarBehind farBehind,
      Clock clock,
      long read,
      BooleanSupplier mustEnd,
      Runnable storeTakes) {
    this.batches = batches;
    this.lane = lane;
    this.metrics = metrics;
    this.batchSize = batchSize;
    this.farBehind = farBehind;
    this.mustEnd = mustEnd;
    this.storeTakes = storeTakes;
    this.clock = clock;
    this.tail = log.tail(read, lately(), few());
  }

  /**
   * What was accepted since then counts as coming in, so that hardly anything waits with the
   * backlog that came in as the store began to take again.
   */
  private Instant lately() {
    return clock.instant().minus(RECENT);
  }

  /** Half a batch, but so many come in during a try wherever anything comes in at all. */
  private int few() {
    return Math.max(FEWEST, batchSize / 2);
  }

  void start() {
    thread.start();
  }

  /**
   * Where the backlog ends; moves on while the store takes nothing that came later. 0 once that
   * will not be known any more: then what has overtaken is merged as far as it can be.
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
      boolean leftBehind = true;
      while (leftBehind && begin()) {
        leftBehind = follow();
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

  /** Tries what was just accepted until the store takes it; false if it has to end before. */
  private boolean begin() throws InterruptedException {
    while (goesOn()) {
      try {
        if (again) {
          tail.restart(lately(), few());
        }
        again = true;
        List<LogRow> rows = read(MAX_TRY_BYTES);
        if (rows.isEmpty()) {
          again = false;
          continue;
        }
        long behind = tail.behind();
        switch (batches.index(rows)) {
          case Outcome.Done(var stored, var parked, _) -> {
            backoff.reset();
            storeTakes.run();
            // Else the store had not answered for long: what came meanwhile waits with the rest.
            if (tail.behind() - behind <= few()) {
              tail.done(rows.getLast().position());
              metrics.stored(stored);
              metrics.parked(parked);
              return true;
            }
          }
          case Outcome.Unavailable _ -> TimeUnit.MILLISECONDS.sleep(backoff.next().toMillis());
        }
      } catch (IngestLogException e) {
        failed(e);
      }
    }
    return false;
  }

  private List<LogRow> read(long maxBytes) throws InterruptedException {
    List<LogRow> rows = tail.read(WAIT, batchSize, maxBytes);
    problem = null;
    return rows;
  }

  /**
   * Brings in what follows. True if so much came in while the store took nothing that it has to
   * begin anew, where it goes on at all: what it has done until now is read once more with the
   * backlog, and found to be there.
   */
  private boolean follow() throws InterruptedException {
    // One for each beginning: what is still in the lane then counts for nothing any more.
    Undone undone = new Undone(tail::done, metrics);
    while (goesOn()) {
      try {
        List<LogRow> rows = read(MAX_BATCH_BYTES);
        if (!rows.isEmpty()
            && !put(new Lane.Part(rows, undone.begin(rows.getLast().position(), 1)))) {
          return true;
        }
      } catch (IngestLogException e) {
        failed(e);
      }
    }
    Waiting waiting = new Waiting();
    var _ =
        undone.awaitNone(
            () -> !mustEnd.getAsBoolean() && lane.isAlive() && !waiting.isForTooMuch());
    return false;
  }

  /** False if the lane takes no more, it has to end, or too much comes in until the lane does. */
  private boolean put(Lane.Part part) throws InterruptedException {
    if (lane.hasRoom()) {
      return lane.put(part, mustEnd);
    }
    Waiting waiting = new Waiting();
    return lane.put(part, () -> mustEnd.getAsBoolean() || waiting.isForTooMuch());
  }

  /** How much comes in while the store takes nothing. */
  private final class Waiting {
    private long askedAt = System.nanoTime();
    private @Nullable Long behindBefore = behind();

    boolean isForTooMuch() {
      if (!farBehind.isLong(Duration.ofNanos(System.nanoTime() - askedAt))) {
        return false;
      }
      askedAt = System.nanoTime();
      Long behind = behind();
      if (behindBefore == null) {
        behindBefore = behind;
      }
      if (behindBefore == null || behind == null) {
        return false;
      }
      long cameIn = behind - behindBefore;
      if (!farBehind.isExceededBy(cameIn)) {
        return false;
      }
      LOG.info("{} records came in while the store took nothing, and are backlog too", cameIn);
      return true;
    }

    /** Null where that is not known for now. */
    private @Nullable Long behind() {
      try {
        return tail.behind();
      } catch (IngestLogException e) {
        LOG.debug("How much comes in is not known for now", e);
        return null;
      }
    }
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
