package io.tillpost.ingest.index;

import io.tillpost.ingest.log.IngestLog;
import io.tillpost.ingest.log.IngestLogException;
import io.tillpost.ingest.log.LogRow;
import io.tillpost.ingest.progress.IngestMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is accepted from now on into the store while a backlog is still being worked on, in a
 * lane and with a reader of its own. The checkpoint stays with the backlog: after a crash both are
 * read again, and what is there already is found to be there. See RATIONALE.md, "Overtaking".
 */
final class Overtaking {
  private static final Logger LOG = LoggerFactory.getLogger(Overtaking.class);
  private static final long MAX_BATCH_BYTES = 1L << 20;
  private static final long WAIT_MILLIS = 100;

  private final IngestLog log;
  private final Lane lane;
  private final Undone undone;
  private final int batchSize;
  private final BooleanSupplier mustEnd;
  private final Thread thread = Thread.ofPlatform().name("ingest-overtaking").unstarted(this::run);
  private volatile boolean caughtUp;
  private volatile long position;

  /**
   * Begins behind a position.
   *
   * @param mustEnd whether ingest has to end
   */
  Overtaking(
      IngestLog log,
      Lane lane,
      IngestMetrics metrics,
      long position,
      int batchSize,
      BooleanSupplier mustEnd) {
    this.log = log;
    this.lane = lane;
    this.undone = new Undone(done -> position(done), metrics);
    this.position = position;
    this.batchSize = batchSize;
    this.mustEnd = mustEnd;
  }

  private void position(long done) {
    position = done;
  }

  void start() {
    thread.start();
  }

  /**
   * The backlog is done: reads no more.
   *
   * @return everything up to here is in the store
   */
  long end() throws InterruptedException {
    caughtUp = true;
    thread.join();
    return position;
  }

  private void run() {
    long read = position;
    try {
      while (!caughtUp && !mustEnd.getAsBoolean() && lane.isAlive()) {
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
    } catch (InterruptedException _) {
      LOG.warn("Overtaking was interrupted");
    }
  }
}
