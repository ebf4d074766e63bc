package io.tillpost.ingest.receive;

import io.tillpost.ingest.log.Append.Appended;
import io.tillpost.ingest.log.Append.OverCapacity;
import io.tillpost.ingest.log.Append.Unavailable;
import io.tillpost.ingest.log.IngestLog;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.progress.IngestMetrics;
import io.tillpost.ingest.progress.IngestMetrics.RejectReason;
import io.tillpost.ingest.receive.Taken.Durable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way into the ingest log, the same for all receivers. */
public final class Intake {
  private final IngestLog log;
  private final IngestMetrics metrics;
  private final Backpressure backpressure;
  private final Clock clock;

  /** Into this log. */
  public Intake(IngestLog log, IngestMetrics metrics, Backpressure backpressure, Clock clock) {
    this.log = log;
    this.metrics = metrics;
    this.backpressure = backpressure;
    this.clock = clock;
  }

  /**
   * Makes the request's records durable, the rejected ones as parked records. The future never
   * fails; it completes on the log's thread.
   */
  public CompletableFuture<Taken> take(Sender sender, Delivery delivery) {
    sender.sentRecords(
        delivery.accepted().size() + delivery.rejected().size() + delivery.dropped());
    List<IngestRecord> records = new ArrayList<>(delivery.accepted());
    records.addAll(delivery.rejected());
    return log.append(records, clock.instant())
        .thenApply(
            append ->
                switch (append) {
                  case Appended() -> count(delivery);
                  case OverCapacity(var reason) -> backpressure.full(reason);
                  case Unavailable(var reason) -> backpressure.busy(reason);
                });
  }

  private Taken count(Delivery delivery) {
    metrics.accepted(delivery.accepted().size());
    if (!delivery.rejected().isEmpty()) {
      metrics.rejected(RejectReason.INVALID, delivery.rejected().size());
    }
    if (delivery.dropped() > 0) {
      metrics.rejected(RejectReason.NOT_A_MESSAGE_EVENT, delivery.dropped());
    }
    return new Durable();
  }
}
