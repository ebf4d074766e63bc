package io.tillpost.ingest.progress;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tillpost.store.RefusalReason;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts records since the start of the process. Every record received is accepted or rejected;
 * every accepted one becomes stored or parked, and is counted each time that it is brought in: once
 * more after a crash, or an outage while what comes in overtakes a backlog.
 */
public final class IngestMetrics {
  private final MeterRegistry meters;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong parked = new AtomicLong();
  private final Counter acceptedCounter;
  private final Counter storedCounter;
  private final Counter parkedCounter;
  private final Timer bulkTime;

  /** Counts into this registry as {@code tillpost.ingest.*}. */
  public IngestMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.acceptedCounter = meters.counter("tillpost.ingest.accepted");
    this.storedCounter = meters.counter("tillpost.ingest.stored");
    this.parkedCounter = meters.counter("tillpost.ingest.parked");
    this.bulkTime =
        Timer.builder("tillpost.ingest.bulk")
            .description("Writing one batch to the message store")
            .publishPercentileHistogram()
            .register(meters);
  }

  /** So many records are in the log. */
  public void accepted(int records) {
    accepted.addAndGet(records);
    acceptedCounter.increment(records);
  }

  /** So many records were refused in an answer. */
  public void rejected(RejectReason reason, int records) {
    rejected.addAndGet(records);
    meters.counter("tillpost.ingest.rejected", "reason", reason.tag()).increment(records);
  }

  /** So many accepted records are indexed. */
  public void stored(int records) {
    stored.addAndGet(records);
    storedCounter.increment(records);
  }

  /** So many accepted records can never be indexed and were put aside. */
  public void parked(int records) {
    parked.addAndGet(records);
    parkedCounter.increment(records);
  }

  /** A whole request was turned away, to be sent again later. */
  public void turnedAway(String reason) {
    meters.counter("tillpost.ingest.turned.away", "reason", reason).increment();
  }

  /**
   * Something was refused to a sender.
   *
   * @param sender of those that an administrator named; others would be without number
   * @param count records or requests, as the reason says
   */
  public void refused(String sender, RefusalReason reason, long count) {
    meters
        .counter("tillpost.ingest.refused", "sender", sender, "reason", reason.tag())
        .increment((double) count);
  }

  /** The time of one write to the store. */
  public Timer bulkTime() {
    return bulkTime;
  }

  /** What was counted so far. */
  public Totals totals() {
    return new Totals(accepted.get(), stored.get(), parked.get(), rejected.get());
  }

  /** Numbers of records since the start of the process. */
  public record Totals(long accepted, long stored, long parked, long rejected) {}

  /** Why a record was refused in an answer. */
  public enum RejectReason {
    /** Its content breaks the contract; it was parked. */
    INVALID,
    /** A log record that is not a message event; it was dropped. */
    NOT_A_MESSAGE_EVENT;

    private String tag() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }
}
