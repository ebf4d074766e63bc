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
import java.util.stream.Stream;

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
    List<Instant> behindSince = running(now).map(process -> behindSince(process, now)).toList();
    return behindSince.stream()
        .min(Comparator.naturalOrder())
        .map(oldest -> measurement(behindSince.size(), oldest))
        .stream()
        .toList();
  }

  /** One reading: how many processes turn every sender away; nothing where none does. */
  List<Measurement> full(Instant now) {
    long full =
        running(now)
            .filter(process -> process.state() == State.OVER_CAPACITY)
            .filter(process -> !isSilent(process, now))
            .count();
    return full == 0
        ? List.of()
        : List.of(
            new Measurement(
                "", "", new Reading(full, MoneySum.NONE, null, null, null, List.of(), 0)));
  }

  private Stream<IngestProcess> running(Instant now) {
    return documents
        .of(IngestProcess.DOCUMENTS)
        .find(DocumentQuery.ALL.and(new Condition.Between("updated_at", now.minus(GONE), null)))
        .items()
        .stream()
        .map(Versioned::value)
        .filter(process -> process.state() != State.STOPPED);
  }

  private static boolean isSilent(IngestProcess process, Instant now) {
    return Duration.between(process.updatedAt(), now).compareTo(SILENCE) > 0;
  }

  private static Instant behindSince(IngestProcess process, Instant now) {
    if (isSilent(process, now)) {
      return process.updatedAt().minusSeconds(process.lagSeconds());
    }
    return now.minusSeconds(process.lagSeconds());
  }

  private static Measurement measurement(int processes, Instant oldest) {
    return new Measurement(
        "", "", new Reading(processes, MoneySum.NONE, oldest, null, null, List.of(), 0));
  }
}
