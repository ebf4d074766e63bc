package io.tillpost.alerting.notify;

import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.alerting.evaluate.Mailed;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which mail of an alert is due; muting and deduplication. */
sealed interface Decision {
  /** A mail is due. */
  record Due(NotificationKind kind) implements Decision {}

  /** A mail would be due, but somebody has seen to it that there is none. */
  record Muted(String reason) implements Decision {}

  /** Everything is told, or it is not time yet. */
  record Nothing() implements Decision {}

  /** Decides from the alert alone, so that every process comes to the same decision. */
  static Decision of(Alert alert, Instant now, Timing timing) {
    return switch (alert.phase()) {
      case INACTIVE, PENDING -> new Nothing();
      case FIRING -> firing(alert, now, timing);
      case RESOLVED -> resolved(alert.mailed(), now, timing);
    };
  }

  private static Decision firing(Alert alert, Instant now, Timing timing) {
    Mailed mailed = alert.mailed();
    if (mailed.phase() == AlertPhase.FIRING) {
      if (!passed(mailed.at(), timing.repeatInterval(), now)) {
        return new Nothing();
      }
      return alert
          .acknowledged()
          .<Decision>map(by -> new Muted("acknowledged by " + by.by()))
          .orElseGet(() -> new Due(NotificationKind.STILL_FIRING));
    }
    return passed(alert.since(), timing.groupWait(), now)
            && passed(mailed.at(), timing.groupInterval(), now)
        ? new Due(NotificationKind.FIRING)
        : new Nothing();
  }

  private static Decision resolved(Mailed mailed, Instant now, Timing timing) {
    return mailed.phase() == AlertPhase.FIRING && passed(mailed.at(), timing.groupInterval(), now)
        ? new Due(NotificationKind.RESOLVED)
        : new Nothing();
  }

  private static boolean passed(@Nullable Instant from, Duration duration, Instant now) {
    return from == null || !now.isBefore(from.plus(duration));
  }
}
