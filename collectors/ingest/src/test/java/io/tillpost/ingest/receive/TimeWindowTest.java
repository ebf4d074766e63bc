package io.tillpost.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TimeWindowTest {
  private static final Instant NOW = Instant.parse("2026-11-30T10:15:04.250Z");
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final Duration SKEW = Duration.ofMinutes(10);

  private final TimeWindow window =
      new TimeWindow(Clock.fixed(NOW, ZoneOffset.UTC), RETENTION, SKEW);

  @Test
  void itsBoundsBelongToIt() {
    assertThat(window.problem(NOW.plus(SKEW))).isNull();
    assertThat(window.problem(NOW.minus(RETENTION))).isNull();
    assertThat(window.now().hold(NOW.plus(SKEW))).isTrue();
    assertThat(window.now().hold(NOW.minus(RETENTION))).isTrue();
  }

  @Test
  void whatIsBeyondThemIsNotBelievedAndSaysWhy() {
    Instant ahead = NOW.plus(SKEW).plusNanos(1);
    Instant old = NOW.minus(RETENTION).minusNanos(1);
    assertThat(window.problem(ahead)).isEqualTo("is more than 10 minutes ahead");
    assertThat(window.problem(old)).isEqualTo("is older than the 30 days that are kept");
    assertThat(window.now().hold(ahead)).isFalse();
    assertThat(window.now().hold(old)).isFalse();
  }
}
