package io.tillpost.ingest.receive;

import io.tillpost.ingest.log.Append.Appended;
import io.tillpost.ingest.log.Append.OverCapacity;
import io.tillpost.ingest.log.Append.Unavailable;
import io.tillpost.ingest.log.IngestLog;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.progress.IngestMetrics;
import io.tillpost.ingest.progress.IngestMetrics.RejectReason;
import io.tillpost.ingest.progress.SenderActivity;
import io.tillpost.ingest.receive.Taken.Durable;
import io.tillpost.ingest.receive.Taken.TurnedAway;
import io.tillpost.store.RefusalReason;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way into the ingest log, the same for all receivers. */
public final class Intake {
  private final IngestLog log;
  private final IngestMetrics metrics;
  private final Backpressure backpressure;
  private final SenderActivity activity;
  private final Clock clock;

  /** Into this log. */
  public Intake(
      IngestLog log,
      IngestMetrics metrics,
      Backpressure backpressure,
      SenderActivity activity,
      Clock clock) {
    this.log = log;
    this.metrics = metrics;
    this.backpressure = backpressure;
    this.activity = activity;
    this.clock = clock;
  }

  /**
   * Makes the request's records durable, the rejected ones as parked records. The future never
   * fails; it completes on the log's thread.
   */
  public CompletableFuture<Taken> take(Sender sender, Delivery delivery) {
    int sent = delivery.accepted().size() + delivery.rejected().size() + delivery.dropped();
    sender.sentRecords(sent);
    List<IngestRecord> records = new ArrayList<>(delivery.accepted());
    records.addAll(delivery.rejected());
    // Not what is accepted: it need not stay in memory until it is synced.
    int accepted = delivery.accepted().size();
    List<OfParked> rejected = delivery.rejected();
    int dropped = delivery.dropped();
    return log.append(records, clock.instant())
        .thenApply(
            append ->
                switch (append) {
                  case Appended() -> count(sender, accepted, rejected, dropped);
                  case OverCapacity(var reason) -> {
                    sender.notTaken(sent);
                    yield backpressure.full(sender, reason);
                  }
                  case Unavailable(var reason) -> {
                    sender.notTaken(sent);
                    yield backpressure.busy(sender, reason);
                  }
                });
  }

  /**
   * Turns a body away because the log is full, without looking into it: while everybody is turned
   * away nobody is to wait for a decoder. Null where it has to be looked at to know.
   *
   * @param bytes of the body as it came; what is logged of it, packed, is seldom less than an
   *     eighth
   */
  public @Nullable TurnedAway fullFor(Sender sender, long bytes) {
    return log.isFullFor(bytes / 8) ? backpressure.full(sender, "The ingest log is full") : null;
  }

  /** A body of this sender could not be read at all. */
  public void unreadable(Sender sender) {
    activity.refused(sender.name(), RefusalReason.UNREADABLE, 1);
  }

  /** A message of this sender was larger than allowed. */
  public void tooLarge(Sender sender) {
    activity.refused(sender.name(), RefusalReason.TOO_LARGE, 1);
  }

  private Taken count(Sender sender, int accepted, List<OfParked> rejected, int dropped) {
    metrics.accepted(accepted);
    if (!rejected.isEmpty()) {
      metrics.rejected(RejectReason.INVALID, rejected.size());
      rejected.forEach(one -> activity.refused(sender.name(), reason(one), 1));
    }
    if (dropped > 0) {
      metrics.rejected(RejectReason.NOT_A_MESSAGE_EVENT, dropped);
      activity.refused(sender.name(), RefusalReason.NOT_A_MESSAGE_EVENT, dropped);
    }
    return new Durable();
  }

  private static RefusalReason reason(OfParked rejected) {
    String words = rejected.parked().reason();
    if (Sender.isProblem(words)) {
      return RefusalReason.OTHER_STORE;
    }
    return TimeWindow.isProblem(words) ? RefusalReason.CLOCK : RefusalReason.INVALID;
  }
}
