package io.tillpost.alerting.evaluate;

import io.tillpost.message.MoneySum;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.IngestProcess;
import io.tillpost.store.IngestProcess.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Our own heartbeat: how far what is stored lies behind what was accepted. An ingest process that
 * has stopped telling, and did not say that it was being stopped, counts as behind since its last
 * word.
 */
final class IngestLag {
  /** A process that has not told for this long is not running, by {@link IngestProcess}. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  /** A process that has not told for this long has been taken away. */
  private static final Duration GONE = Duration.ofHours(24);

  private final DocumentStore documents;

  IngestLag(DocumentStore documents) {
    this.documents = documents;
  }

  /** One reading for all processes, the worst counts; nothing where no process has ever told. */
  List<Measurement> measure(Instant now) {
    List<Instant> behindSince =
        documents
            .of(IngestProcess.DOCUMENTS)
            .find(DocumentQuery.ALL.and(new Condition.Between("updated_at", now.minus(GONE), null)))
            .items()
            .stream()
            .map(Versioned::value)
            .filter(process -> process.state() != State.STOPPED)
            .map(process -> behindSince(process, now))
            .toList();
    return behindSince.stream()
        .min(Comparator.naturalOrder())
        .map(oldest -> measurement(behindSince.size(), oldest))
        .stream()
        .toList();
  }

  private static Instant behindSince(IngestProcess process, Instant now) {
    if (Duration.between(process.updatedAt(), now).compareTo(SILENCE) > 0) {
      return process.updatedAt().minusSeconds(process.lagSeconds());
    }
    return now.minusSeconds(process.lagSeconds());
  }

  private static Measurement measurement(int processes, Instant oldest) {
    return new Measurement(
        "", "", new Reading(processes, MoneySum.NONE, oldest, null, null, List.of(), 0));
  }
}
