package io.tillpost.ingest.receive;

import io.tillpost.ingest.progress.IngestMetrics;
import io.tillpost.ingest.progress.SenderActivity;
import io.tillpost.ingest.receive.Taken.TurnedAway;
import io.tillpost.store.RefusalReason;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Tells senders when to come back, each at another time, so that they do not come all at once. */
public final class Backpressure {
  private static final long MIN_WAIT_MILLIS = 1_000;
  private static final long MAX_BUSY_MILLIS = 5_000;
  private static final long MAX_FULL_MILLIS = 15_000;

  private final IngestMetrics metrics;
  private final SenderActivity activity;
  private final RandomGenerator random;

  /** With this source of jitter. */
  public Backpressure(IngestMetrics metrics, SenderActivity activity, RandomGenerator random) {
    this.metrics = metrics;
    this.activity = activity;
    this.random = random;
  }

  /** The ingest log is full. */
  public TurnedAway full(Sender sender, String reason) {
    metrics.turnedAway("full");
    activity.refused(sender.name(), RefusalReason.BUSY, 1);
    return new TurnedAway(true, reason, waitUpTo(MAX_FULL_MILLIS));
  }

  /** Too much at once, or no log for now. */
  public TurnedAway busy(Sender sender, String reason) {
    activity.refused(sender.name(), RefusalReason.BUSY, 1);
    return notYet(reason);
  }

  /** Nobody can be let in for now, whoever it is. */
  TurnedAway notYet(String reason) {
    metrics.turnedAway("busy");
    return new TurnedAway(false, reason, waitUpTo(MAX_BUSY_MILLIS));
  }

  /**
   * Null if the sender may send now; else it has sent more than its quota, and is told when there
   * is room.
   */
  public @Nullable TurnedAway overQuota(Sender sender) {
    Duration wait = sender.overQuotaFor();
    if (wait.isZero()) {
      return null;
    }
    metrics.turnedAway("quota");
    activity.refused(sender.name(), RefusalReason.OVER_QUOTA, 1);
    return new TurnedAway(
        true,
        "The quota of '" + sender.name() + "' is used up",
        wait.plus(waitUpTo(MAX_BUSY_MILLIS)));
  }

  private Duration waitUpTo(long maxMillis) {
    return Duration.ofMillis(random.nextLong(MIN_WAIT_MILLIS, maxMillis + 1));
  }
}
