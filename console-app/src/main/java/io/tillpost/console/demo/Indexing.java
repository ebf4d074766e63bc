package io.tillpost.console.demo;

import io.tillpost.console.start.Progress;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.IngestProcess;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits until most of what was sent can be seen. The estate sends its history faster than it can be
 * indexed; what is still under way when this returns takes a third of the time waited here.
 */
final class Indexing {
  /** At most that part of what was accepted may still be in the ingest log. */
  private static final int PARTS_LEFT = 4;

  /** So few records are indexed in a moment, whatever part they are. */
  private static final long HARDLY_ANY = 1_000;

  private static final Duration SAY_EVERY = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final Documents<IngestProcess> processes;
  private final Clock clock;
  private final Progress progress;

  Indexing(Stores stores, Clock clock, Progress progress) {
    this.processes = stores.documents().of(IngestProcess.DOCUMENTS);
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Returns when most is indexed, after that time, or as soon as the demo ends.
   *
   * @param ended counted down when it does
   */
  void awaitMost(Duration atMost, CountDownLatch ended) throws InterruptedException {
    Instant start = clock.instant();
    Instant said = start;
    do {
      Instant now = clock.instant();
      List<IngestProcess> told = told(start);
      long backlog = told.stream().mapToLong(IngestProcess::backlog).sum();
      long accepted = told.stream().mapToLong(IngestProcess::acceptedTotal).sum();
      if (!told.isEmpty() && backlog <= Math.max(accepted / PARTS_LEFT, HARDLY_ANY)) {
        return;
      }
      if (now.isAfter(start.plus(atMost))) {
        progress.say("The history is still being indexed; pages fill up meanwhile");
        return;
      }
      if (accepted > 0 && !now.isBefore(said.plus(SAY_EVERY))) {
        said = now;
        progress.say("History indexed: %,d of %,d records".formatted(accepted - backlog, accepted));
      }
    } while (!ended.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** What the ingest processes wrote of themselves since then; nothing while storage is away. */
  private List<IngestProcess> told(Instant since) {
    try {
      return processes
          .find(DocumentQuery.ALL.and(new Condition.Between("updated_at", since, null)))
          .items()
          .stream()
          .map(Versioned::value)
          .toList();
    } catch (StoreUnavailableException away) {
      return List.of();
    }
  }
}
