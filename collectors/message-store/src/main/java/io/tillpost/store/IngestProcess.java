package io.tillpost.store;

import io.tillpost.store.DocumentKind.FieldType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one ingest process is doing, as it last told. Written every few seconds; a process that has
 * not written for a minute is not running. Totals count from its start; every record received is
 * accepted or rejected, and every accepted one is stored, parked or still in the backlog.
 *
 * @param id names the process, the same after a restart
 * @param host the machine it runs on
 * @param startedAt when it started
 * @param updatedAt when this was written
 * @param acceptedTotal records taken into the ingest log
 * @param storedTotal records indexed, those that were there already included
 * @param parkedTotal accepted records that can never be indexed
 * @param rejectedTotal records refused in the answer to their sender
 * @param backlog records in the ingest log that are not indexed yet
 * @param backlogBytes what they take on disk
 * @param oldestUnindexedAt when the oldest of them was accepted, or null where there is none
 * @param lagSeconds how long the oldest of them has been waiting, 0 where there is none
 * @param state what it is doing
 * @param lastError why it could not write last, while that lasts; or null
 * @param eventsPerSecond records accepted a second, over about the last ten seconds
 */
public record IngestProcess(
    String id,
    String host,
    Instant startedAt,
    Instant updatedAt,
    long acceptedTotal,
    long storedTotal,
    long parkedTotal,
    long rejectedTotal,
    long backlog,
    long backlogBytes,
    @Nullable Instant oldestUnindexedAt,
    long lagSeconds,
    State state,
    @Nullable String lastError,
    double eventsPerSecond) {
  /** All ingest processes that ever wrote, by {@link #id}. */
  public static final DocumentKind<IngestProcess> DOCUMENTS =
      new DocumentKind<>(
          "ingest-processes",
          IngestProcess.class,
          Map.of("updated_at", FieldType.DATE, "state", FieldType.KEYWORD),
          false);

  /** What an ingest process is doing. */
  public enum State {
    /** It accepts and indexes. */
    RUNNING,
    /** It accepts; the storage cannot write for now, so the backlog grows. */
    STORE_UNAVAILABLE,
    /** Its ingest log is full; senders are told to come back later. */
    OVER_CAPACITY,
    /** It was stopped in order. */
    STOPPED
  }
}
