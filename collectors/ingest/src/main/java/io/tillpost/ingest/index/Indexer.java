package io.tillpost.ingest.index;

import io.opentelemetry.api.OpenTelemetry;
import io.tillpost.ingest.log.IngestLog;
import io.tillpost.ingest.log.IngestLogException;
import io.tillpost.ingest.log.LogRow;
import io.tillpost.ingest.progress.IngestMetrics;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the ingest log in order and brings each batch into the store. A large batch is split over
 * {@linkplain Lane lanes}, all records of a message or trace into the same one, and the next batch
 * is read while this one is written; the checkpoint passes a batch only when all of it is stored or
 * parked. While the store cannot write, each lane tries the same part again with back-off; nothing
 * overtakes it in its lane. See RATIONALE.md, "Lanes".
 */
public final class Indexer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);

  /**
   * The larger, the more events of a message are in it, whose state is written once for all of
   * them. Three are in memory at most, and what each lane leaves to its next part.
   */
  static final long MAX_BATCH_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 32, 4L << 20, 16L << 20);

  private static final Duration IDLE = Duration.ofMillis(200);

  /**
   * Two of them for spans, two for the rest: while one of a kind waits for its answer, the other
   * makes its next request.
   */
  private static final int LANES = 4;

  private static final long CHECK_MILLIS = 100;

  /** A smaller batch is written whole: more requests would cost more than they save. */
  private static final int WORTH_SPLITTING = 500;

  private final IngestLog log;
  private final IngestMetrics metrics;
  private final Clock clock;
  private final Undone undone;
  private final BatchIndexer batches;
  private final List<Lane> lanes = new ArrayList<>();
  private final Lane overtakingLane;
  private final FarBehind farBehind;
  private final int batchSize;
  private final Duration drain;
  private final Thread thread = Thread.ofPlatform().name("ingest-indexer").unstarted(this::run);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Semaphore taken = new Semaphore(0);
  private final Backoff backoff = new Backoff(ThreadLocalRandom.current());

  /** What was read and is to be handed out next: a log may give each record once. */
  private List<LogRow> held = List.of();

  private volatile long drainUntil = Long.MAX_VALUE;
  private volatile @Nullable String logError;

  /**
   * From a log into stores.
   *
   * @param batchSize the most records read at once
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
    this(log, stores, metrics, telemetry, clock, batchSize, drain, FarBehind.USUAL);
  }

  /**
   * As the other one.
   *
   * @param farBehind from where on records that come in overtake those that wait
   */
  Indexer(
      IngestLog log,
      Stores stores,
      IngestMetrics metrics,
      OpenTelemetry telemetry,
      Clock clock,
      int batchSize,
      Duration drain,
      FarBehind farBehind) {
    this.log = log;
    this.metrics = metrics;
    this.clock = clock;
    this.farBehind = farBehind;
    this.undone = new Undone(log::moveCheckpoint, metrics);
    this.batchSize = batchSize;
    this.drain = drain;
    this.batches = new BatchIndexer(stores.ingestWriter(), stores.documents(), clock);
    for (int i = 0; i < LANES; i++) {
      lanes.add(lane(i, telemetry));
    }
    overtakingLane = lane(LANES, telemetry);
  }

  private Lane lane(int number, OpenTelemetry telemetry) {
    return new Lane(
        number, batches, metrics, telemetry.getTracer("io.tillpost.ingest"), stopping, taken);
  }

  /** Begins to index. */
  public void start() {
    lanes.forEach(Lane::start);
    overtakingLane.start();
    thread.start();
  }

  /** Why the last try failed, as long as nothing has succeeded since; or null. */
  public @Nullable String lastError() {
    String error = logError;
    return error != null
        ? error
        : Stream.concat(lanes.stream(), Stream.of(overtakingLane))
            .map(Lane::lastError)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  private void run() {
    try {
      readAll();
      // What is in the lanes ends as the log does: done, or left for the next start.
      var _ = undone.awaitNone(this::canGoOn);
    } catch (InterruptedException _) {
      LOG.warn("The indexer was interrupted");
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("Records wait until ingest is started again: the indexer has ended", e);
      logError = "The indexer has ended; start ingest again: " + e;
    } finally {
      lanes.forEach(Lane::end);
      overtakingLane.end();
    }
  }

  private void readAll() throws InterruptedException {
    long position = log.checkpoint();
    while (position >= 0 && !mustEnd()) {
      if (isFarBehind(position)) {
        LOG.info("{} records wait; what comes in now overtakes them", log.waitingBehind(position));
        position = catchUp(position);
      } else {
        position = read(position, Long.MAX_VALUE, false);
      }
    }
  }

  private boolean isFarBehind(long position) {
    long behind = log.waitingBehind(position);
    return farBehind.isExceededBy(behind)
        && !isStopping()
        && (farBehind.isMoreThanABurst(behind) || hasWaitedLong());
  }

  /**
   * Also where it seems to come from the future: a clock was set back, by nobody knows how much.
   */
  private boolean hasWaitedLong() {
    Instant oldest = log.backlog().oldestAcceptedAt();
    if (oldest == null) {
      return true;
    }
    Duration waited = Duration.between(oldest, clock.instant());
    return waited.isNegative() || farBehind.isLong(waited);
  }

  /** Works on a backlog, and lets later records overtake it; where to go on, or -1 to end. */
  private long catchUp(long from) throws InterruptedException {
    Overtaking overtaking =
        new Overtaking(
            log,
            batches,
            overtakingLane,
            metrics,
            batchSize,
            farBehind,
            clock,
            held.isEmpty() ? from : held.getLast().position(),
            this::mustEnd,
            this::tryAgain);
    overtaking.start();
    long position = bringIn(overtaking, from);
    overtaking.end();
    if (position >= 0 && position < overtaking.from()) {
      // What comes later had begun to overtake later than it looked.
      position = bringIn(overtaking, position);
    }
    if (position < 0) {
      return -1;
    }
    long overtaken = overtaking.merge();
    try {
      // What is held is given and not done.
      if (held.isEmpty() && overtaken > log.checkpoint()) {
        log.moveCheckpoint(overtaken);
      }
    } catch (IngestLogException e) {
      // The next batch moves it; until then a crash would only repeat what is done.
      LOG.error("The checkpoint of the ingest log cannot be moved", e);
    }
    return overtaken;
  }

  /** Brings in the backlog, wherever its end moves meanwhile; where that is, or -1 to end. */
  private long bringIn(Overtaking overtaking, long from) throws InterruptedException {
    long position = from;
    do {
      while (position >= 0 && position < overtaking.from()) {
        position = mustEnd() ? -1 : read(position, overtaking.from(), true);
      }
      if (position >= 0 && !undone.awaitNone(this::canGoOn)) {
        position = -1;
      }
    } while (position >= 0 && position < overtaking.from());
    return position;
  }

  private void tryAgain() {
    lanes.forEach(Lane::tryAgain);
    overtakingLane.tryAgain();
  }

  /**
   * Reads and hands out the next batch, up to an end; where to go on, or -1 to end.
   *
   * @param overtaken whether it goes on waiting for room however much comes in
   */
  private long read(long position, long end, boolean overtaken) throws InterruptedException {
    try {
      undone.moveCheckpoint();
      if (!awaitRoom(() -> !overtaken && isFarBehind(position))) {
        return canGoOn() ? position : -1;
      }
      int most = (int) Math.min(batchSize, end - position);
      List<LogRow> rows = held.isEmpty() ? log.read(position, most, MAX_BATCH_BYTES) : held;
      held = List.of();
      logError = null;
      if (!rows.isEmpty()) {
        if (isSmall(rows) && !awaitNone(() -> !overtaken && isFarBehind(position))) {
          held = rows;
          return canGoOn() ? position : -1;
        }
        return handOut(rows) ? rows.getLast().position() : -1;
      }
      if (isStopping()) {
        return -1;
      }
      var _ = log.awaitBeyond(position, IDLE);
    } catch (IngestLogException e) {
      LOG.error("The ingest log does not work", e);
      logError = e.getMessage();
      var _ = stopping.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
    }
    return position;
  }

  /**
   * Reads no sooner than the lanes can take it: what comes in until then is in the same batch.
   * False if it has to end before, or something else is to be done.
   */
  private boolean awaitRoom(BooleanSupplier otherwise) throws InterruptedException {
    taken.drainPermits();
    while (!lanes.stream().allMatch(Lane::hasRoom)) {
      if (!canGoOn() || otherwise.getAsBoolean()) {
        return false;
      }
      var _ = taken.tryAcquire(CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }
    return true;
  }

  private static boolean isSmall(List<LogRow> rows) {
    return rows.size() < WORTH_SPLITTING;
  }

  /**
   * A small batch comes after all that is under way. False if it has to end before, or something
   * else is to be done: in a time in which the store takes nothing, much comes in behind it.
   */
  private boolean awaitNone(BooleanSupplier otherwise) throws InterruptedException {
    return undone.awaitNone(() -> canGoOn() && !otherwise.getAsBoolean());
  }

  /** Gives the batch to the lanes; false if it has to end before they could take it. */
  private boolean handOut(List<LogRow> rows) throws InterruptedException {
    if (isSmall(rows)) {
      Undone.Batch batch = undone.begin(rows.getLast().position(), 1);
      return lanes.getFirst().put(new Lane.Part(rows, batch), this::mustEnd);
    }
    List<List<LogRow>> parts = Parts.of(rows, lanes.size());
    Undone.Batch batch = undone.begin(rows.getLast().position(), lanes.size());
    for (int i = 0; i < lanes.size(); i++) {
      if (!lanes.get(i).put(new Lane.Part(parts.get(i), batch), this::mustEnd)) {
        return false;
      }
    }
    return true;
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private boolean mustEnd() {
    return isStopping() && System.nanoTime() - drainUntil >= 0;
  }

  private boolean canGoOn() {
    return !mustEnd() && lanes.stream().allMatch(Lane::isAlive);
  }

  /** Goes on with what waits for a bounded time, then ends; the rest stays in the log. */
  @Override
  public void close() {
    drainUntil = System.nanoTime() + drain.toNanos();
    stopping.countDown();
    tryAgain();
    try {
      thread.join();
      for (Lane lane : lanes) {
        lane.join();
      }
      overtakingLane.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
