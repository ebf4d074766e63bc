package io.tillpost.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationTransitionsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");

  /** The whole table: a dash where the event means nothing. */
  @ParameterizedTest(name = "{0} and {1} make {2}")
  @CsvSource({
    "PLANNED,FROZEN,RUNNING",
    "PLANNED,COMPLETED,-",
    "PLANNED,INTERRUPTED,ABANDONED",
    "RUNNING,FROZEN,-",
    "RUNNING,COMPLETED,FINISHED",
    "RUNNING,INTERRUPTED,-",
    "FINISHED,FROZEN,-",
    "FINISHED,COMPLETED,-",
    "FINISHED,INTERRUPTED,-",
    "ABANDONED,FROZEN,-",
    "ABANDONED,COMPLETED,-",
    "ABANDONED,INTERRUPTED,-"
  })
  void anOperationGoesFromStateToStateAsTheTableSays(
      OperationState state, OperationEvent event, String next) {
    assertThat(OperationTransitions.next(state, event))
        .isEqualTo(next.equals("-") ? Optional.empty() : Optional.of(OperationState.valueOf(next)));
  }

  @Test
  void everyChangeIsKeptInTheHistory() {
    RecoveryOperation operation =
        RecoveryOperation.planned(
            "o-1",
            RecoveryAction.RETRY,
            "support",
            "Tax code is there now",
            NOW,
            new OperationScope(OperationScope.Kind.MESSAGE, "m-1", null, "message m-1"),
            "middleware");

    RecoveryOperation finished =
        operation
            .frozen(3, NOW.plusSeconds(1))
            .flatMap(o -> o.after(OperationEvent.COMPLETED, NOW.plusSeconds(9)))
            .orElseThrow();

    assertThat(finished.size()).isEqualTo(3);
    assertThat(finished.history())
        .containsExactly(
            new OperationStep(NOW, OperationState.PLANNED),
            new OperationStep(NOW.plusSeconds(1), OperationState.RUNNING),
            new OperationStep(NOW.plusSeconds(9), OperationState.FINISHED));
    assertThat(finished.reachedAt(OperationState.RUNNING)).contains(NOW.plusSeconds(1));
  }
}
