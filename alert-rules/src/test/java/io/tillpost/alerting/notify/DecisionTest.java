package io.tillpost.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.alerting.evaluate.Acknowledgement;
import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.alerting.evaluate.Mailed;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Timing TIMING =
      new Timing(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(3600));

  /** The alert is in its state for some seconds, and the last mail lies some seconds back. */
  @ParameterizedTest(name = "{0} for {1} s, last told {2} {3} s ago: {4}")
  @CsvSource({
    "PENDING,  99,   ,         0,    Nothing",
    "FIRING,   9,    ,         0,    Nothing",
    "FIRING,   10,   ,         0,    FIRING",
    "FIRING,   99,   RESOLVED, 59,   Nothing",
    "FIRING,   99,   RESOLVED, 60,   FIRING",
    "FIRING,   99,   FIRING,   3599, Nothing",
    "FIRING,   99,   FIRING,   3600, STILL_FIRING",
    "RESOLVED, 0,    FIRING,   59,   Nothing",
    "RESOLVED, 0,    FIRING,   60,   RESOLVED",
    "RESOLVED, 99,   RESOLVED, 99,   Nothing",
    "RESOLVED, 99,   ,         0,    Nothing",
    "INACTIVE, 99,   ,         0,    Nothing",
  })
  void decidesByWhatWasToldLast(
      AlertPhase phase, long forSeconds, @Nullable AlertPhase told, long toldAgo, String expected) {
    Mailed mailed =
        told == null ? Mailed.NOTHING : new Mailed(1, told, NOW.minusSeconds(toldAgo), "<a@b>");
    Alert alert = SampleAlert.in(phase, NOW.minusSeconds(forSeconds)).with(mailed);
    Decision decision = Decision.of(alert, NOW, TIMING);
    assertThat(decision)
        .isEqualTo(
            expected.equals("Nothing")
                ? new Decision.Nothing()
                : new Decision.Due(NotificationKind.valueOf(expected)));
  }

  @Test
  void whoAcknowledgesStopsTheRepetitionButNotTheAllClear() {
    Alert firing =
        SampleAlert.in(AlertPhase.FIRING, NOW.minusSeconds(9_999))
            .with(new Mailed(1, AlertPhase.FIRING, NOW.minusSeconds(9_000), "<a@b>"))
            .with(new Acknowledgement("oncall", NOW, ""));
    assertThat(Decision.of(firing, NOW, TIMING))
        .isEqualTo(new Decision.Muted("acknowledged by oncall"));
    Alert resolved =
        SampleAlert.in(AlertPhase.RESOLVED, NOW)
            .with(firing.mailed())
            .with(firing.acknowledgement());
    assertThat(Decision.of(resolved, NOW, TIMING))
        .isEqualTo(new Decision.Due(NotificationKind.RESOLVED));
  }
}
