package io.tillpost.console.impact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpactLevelTest {
  @ParameterizedTest(name = "{0} messages, the oldest {1} minutes old, are {2}")
  @CsvSource({
    "0, 999, OK",
    "1, 0, NOTICE",
    "4, 14, NOTICE",
    "5, 0, WARNING",
    "1, 15, WARNING",
    "25, 0, SERIOUS",
    "1, 60, SERIOUS",
    "100, 0, CRITICAL",
    "1, 240, CRITICAL"
  })
  void theWorseOfAgeAndNumberCounts(long messages, long minutes, ImpactLevel level) {
    assertThat(ImpactLevel.ofStore(messages, Duration.ofMinutes(minutes))).isEqualTo(level);
  }
}
