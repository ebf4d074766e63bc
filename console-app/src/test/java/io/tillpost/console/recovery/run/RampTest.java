package io.tillpost.console.recovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.StartProperties;
import io.tillpost.message.MoneySum;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After the canary an operation begins slowly, and doubles its rate. */
class RampTest {
  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");

  private final Ramp ramp =
      new Ramp(
          new StartProperties(5, 20, 25, Duration.ofSeconds(10), 20, Duration.ofSeconds(5), 10));

  @ParameterizedTest(name = "after {0} s: {1}")
  @CsvSource({"0,0.25", "9,0.25", "10,0.5", "20,1.0", "3600,1.0"})
  void theShareOfTheRateDoublesAfterTheCanary(long seconds, double share) {
    assertThat(ramp.share(running(100), NOW.plusSeconds(seconds))).isEqualTo(share);
  }

  @Test
  void aShortListHasNoCanaryAndNoRamp() {
    assertThat(ramp.share(running(19), NOW)).isEqualTo(1);
  }

  @Test
  void itBeginsAnewWhenItIsResumed() {
    RecoveryOperation resumed =
        running(100)
            .after(
                new OperationEvent.Paused(OperationState.RUNNING),
                "support",
                null,
                NOW.plusSeconds(60))
            .flatMap(
                o ->
                    o.after(
                        new OperationEvent.Resumed(OperationState.RUNNING),
                        "support",
                        null,
                        NOW.plusSeconds(90)))
            .orElseThrow();

    assertThat(ramp.share(resumed, NOW.plusSeconds(95))).isEqualTo(0.25);
  }

  @Test
  void whatItTakesCountsTheRamp() {
    assertThat(ramp.expected(19, 10)).isEqualTo(Duration.ofSeconds(2));
    // 5 first, then 10 s at 2.5 and 10 s at 5 a second, the other 20 at 10 a second.
    assertThat(ramp.expected(100, 10)).isEqualTo(Duration.ofSeconds(23));
  }

  private static RecoveryOperation running(int messages) {
    OperationSummary summary =
        OperationSummary.of(
            messages, messages, 5, 1, MoneySum.NONE, Map.of("erp", messages), Map.of(), "hash");
    return RecoveryOperation.planned(
            "o-1",
            RecoveryAction.RETRY,
            "support",
            "Try again",
            NOW,
            new OperationScope(OperationScope.Kind.SELECTION, "1", null, "chosen"),
            "middleware")
        .frozen(summary, NOW)
        .flatMap(o -> o.after(new OperationEvent.Started(false), "support", null, NOW))
        .orElseThrow();
  }
}
