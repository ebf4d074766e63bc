package io.tillpost.alerting.evaluate;

import static io.tillpost.alerting.evaluate.AlertPhase.FIRING;
import static io.tillpost.alerting.evaluate.AlertPhase.INACTIVE;
import static io.tillpost.alerting.evaluate.AlertPhase.PENDING;
import static io.tillpost.alerting.evaluate.AlertPhase.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {
  private static final Instant THEN = Instant.parse("2026-11-23T10:00:00Z");

  /** The condition held, or the alert was moved, this many seconds before the evaluation. */
  @ParameterizedTest(name = "{0}, condition {1}, {2} s later with for {3} s, keep {4} s: {5}")
  @CsvSource({
    "INACTIVE, true,   15,  0,  0, FIRING",
    "INACTIVE, true,   15, 60,  0, PENDING",
    "INACTIVE, false,  15,  0,  0, INACTIVE",
    "PENDING,  true,   59, 60,  0, PENDING",
    "PENDING,  true,   60, 60,  0, FIRING",
    "PENDING,  true, 3600, 60,  0, FIRING",
    "PENDING,  false,  15, 60, 60, INACTIVE",
    "FIRING,   true,   15, 60,  0, FIRING",
    "FIRING,   false,  15,  0,  0, RESOLVED",
    "FIRING,   false,  59,  0, 60, FIRING",
    "FIRING,   false,  60,  0, 60, RESOLVED",
    "RESOLVED, true,   15,  0,  0, FIRING",
    "RESOLVED, true,   15, 60,  0, PENDING",
    "RESOLVED, false,  15,  0,  0, RESOLVED",
  })
  void everyTransition(
      AlertPhase from, boolean holds, long later, long holdFor, long keep, AlertPhase to) {
    Instant heldSince = from == PENDING || from == FIRING ? THEN : null;
    Standing before = new Standing(from, THEN, heldSince, heldSince);
    Instant now = THEN.plusSeconds(later);
    Standing after = before.next(holds, now, Duration.ofSeconds(holdFor), Duration.ofSeconds(keep));
    assertThat(after.phase()).isEqualTo(to);
    assertThat(after.since()).isEqualTo(to == from ? THEN : now);
    assertThat(after.heldSince() != null).isEqualTo(holds);
  }

  @Test
  void aBreakBeginsTheWaitAnew() {
    Standing standing = Standing.inactive(THEN);
    standing = standing.next(true, THEN, Duration.ofSeconds(30), Duration.ZERO);
    standing = standing.next(false, THEN.plusSeconds(15), Duration.ofSeconds(30), Duration.ZERO);
    assertThat(standing.phase()).isEqualTo(INACTIVE);
    standing = standing.next(true, THEN.plusSeconds(30), Duration.ofSeconds(30), Duration.ZERO);
    assertThat(standing.phase()).isEqualTo(PENDING);
  }

  @Test
  void anAlertThatFlapsWithinItsKeepTimeGoesOnFiring() {
    Duration keep = Duration.ofSeconds(60);
    Standing standing = Standing.inactive(THEN).next(true, THEN, Duration.ZERO, keep);
    for (int second = 15; second <= 300; second += 15) {
      standing = standing.next(second % 45 == 0, THEN.plusSeconds(second), Duration.ZERO, keep);
      assertThat(standing.phase()).isEqualTo(FIRING);
      assertThat(standing.since()).isEqualTo(THEN);
    }
    standing = standing.next(false, THEN.plusSeconds(345), Duration.ZERO, keep);
    assertThat(standing.phase()).isEqualTo(RESOLVED);
  }
}
