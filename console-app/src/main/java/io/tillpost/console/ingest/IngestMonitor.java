package io.tillpost.console.ingest;

import io.tillpost.console.live.IngestDelay;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.IngestProcess;
import io.tillpost.store.Page;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.ParkedRecord.State;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Reads what the ingest processes tell of themselves. A process that has not written for a minute
 * is taken to be stopped; its backlog still counts, since it will be indexed when it comes back.
 */
@Service
public class IngestMonitor implements IngestDelay {
  static final Duration SILENT_AFTER = Duration.ofMinutes(1);
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);
  private static final Duration KEEP = Duration.ofSeconds(1);

  /** All but those that were sent again and accepted; the oldest have no state. */
  private static final DocumentQuery STILL_PARKED =
      DocumentQuery.ALL.and(new Condition.NoneOf("state", Set.of(State.SENT.name())));

  private final Documents<IngestProcess> processes;
  private final Documents<ParkedRecord> parked;
  private final Clock clock;
  private volatile @Nullable Known known;

  IngestMonitor(Stores stores, Clock clock) {
    this.processes = stores.documents().of(IngestProcess.DOCUMENTS);
    this.parked = stores.documents().of(ParkedRecord.DOCUMENTS);
    this.clock = clock;
  }

  /** How ingest is doing now. */
  public IngestStatus status() {
    Instant now = clock.instant();
    DocumentQuery lately =
        DocumentQuery.ALL.and(
            new Condition.Between("updated_at", now.minus(FORGOTTEN_AFTER), null));
    List<IngestProcess> found =
        processes.find(lately).items().stream()
            .map(Versioned::value)
            .sorted(
                Comparator.comparing((IngestProcess p) -> !isHeard(p, now))
                    .thenComparing(IngestProcess::id))
            .toList();
    return new IngestStatus(now, found, parked.count(STILL_PARKED));
  }

  /**
   * Parked records that were not sent again and accepted, newest first.
   *
   * @param words that their reason has, the last one also as a beginning; blank for any reason
   */
  public Page<ParkedLine> parked(String words, int size, @Nullable String after) {
    DocumentQuery query = stillParked(words);
    Page<Versioned<ParkedRecord>> found =
        parked.find(
            query.sorted("accepted_at", true).page(size, after).without(ParkedRecord.FOR_LISTS));
    // A search counts no further than 10,000.
    return new Page<>(
        found.items().stream().map(ParkedLine::of).toList(), parked.count(query), found.next());
  }

  /** What {@link #parked} finds. */
  static DocumentQuery stillParked(String words) {
    return words.isBlank()
        ? STILL_PARKED
        : STILL_PARKED.and(new Condition.Words("reason", words.strip()));
  }

  /** Whether the process wrote within the last minute. */
  public boolean isHeard(IngestProcess process, Instant now) {
    return process.updatedAt().isAfter(now.minus(SILENT_AFTER));
  }

  @Override
  public Optional<Duration> now() {
    Instant now = clock.instant();
    Known last = known;
    if (last == null || last.at().plus(KEEP).isBefore(now)) {
      last = new Known(now, delay(now));
      known = last;
    }
    return last.delay();
  }

  private Optional<Duration> delay(Instant now) {
    try {
      return status().processes().stream()
          .filter(process -> isHeard(process, now))
          .map(process -> delay(process, now))
          .max(Comparator.naturalOrder());
    } catch (StoreUnavailableException away) {
      // The view says itself that it could not be refreshed; the delay is then simply not known.
      return Optional.empty();
    }
  }

  private static Duration delay(IngestProcess process, Instant now) {
    Instant oldest = process.oldestUnindexedAt();
    if (oldest == null || process.backlog() == 0) {
      return Duration.ZERO;
    }
    return oldest.isBefore(now) ? Duration.between(oldest, now) : Duration.ZERO;
  }

  private record Known(Instant at, Optional<Duration> delay) {}
}
