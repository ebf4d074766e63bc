package io.tillpost.recovery;

import static io.tillpost.recovery.OperationState.ABANDONED;
import static io.tillpost.recovery.OperationState.AWAITING_APPROVAL;
import static io.tillpost.recovery.OperationState.CANARY;
import static io.tillpost.recovery.OperationState.CANCELLED;
import static io.tillpost.recovery.OperationState.CANCELLING;
import static io.tillpost.recovery.OperationState.FINISHED;
import static io.tillpost.recovery.OperationState.PAUSED;
import static io.tillpost.recovery.OperationState.PLANNED;
import static io.tillpost.recovery.OperationState.PREVIEWED;
import static io.tillpost.recovery.OperationState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.MoneySum;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OperationTransitionsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");

  private static final Map<String, OperationEvent> EVENTS = new LinkedHashMap<>();

  static {
    EVENTS.put("frozen", new OperationEvent.Frozen());
    EVENTS.put("started", new OperationEvent.Started(false));
    EVENTS.put("started with canary", new OperationEvent.Started(true));
    EVENTS.put("approval asked", new OperationEvent.ApprovalAsked());
    EVENTS.put("approved", new OperationEvent.Approved(false));
    EVENTS.put("approved with canary", new OperationEvent.Approved(true));
    EVENTS.put("declined", new OperationEvent.Declined());
    EVENTS.put("canary passed", new OperationEvent.CanaryPassed());
    EVENTS.put("paused in canary", new OperationEvent.Paused(OperationState.CANARY));
    EVENTS.put("paused", new OperationEvent.Paused(OperationState.RUNNING));
    EVENTS.put("paused to nowhere", new OperationEvent.Paused(OperationState.FINISHED));
    EVENTS.put("resumed in canary", new OperationEvent.Resumed(OperationState.CANARY));
    EVENTS.put("resumed", new OperationEvent.Resumed(OperationState.RUNNING));
    EVENTS.put("resumed as finished", new OperationEvent.Resumed(OperationState.FINISHED));
    EVENTS.put("cancel asked", new OperationEvent.CancelAsked());
    EVENTS.put("completed", new OperationEvent.Completed());
    EVENTS.put("interrupted", new OperationEvent.Interrupted());
  }

  /** What is not in here means nothing in that state. */
  private static final Map<OperationState, Map<String, OperationState>> TABLE =
      Map.of(
          PLANNED,
          Map.of("frozen", PREVIEWED, "interrupted", ABANDONED, "cancel asked", ABANDONED),
          PREVIEWED,
          Map.of(
              "started", RUNNING,
              "started with canary", CANARY,
              "approval asked", AWAITING_APPROVAL,
              "cancel asked", CANCELLING),
          AWAITING_APPROVAL,
          Map.of(
              "approved", RUNNING,
              "approved with canary", CANARY,
              "declined", CANCELLING,
              "cancel asked", CANCELLING),
          CANARY,
          Map.of(
              "canary passed", RUNNING,
              "paused in canary", PAUSED,
              "paused", PAUSED,
              "cancel asked", CANCELLING,
              "completed", FINISHED),
          RUNNING,
          Map.of(
              "paused in canary", PAUSED,
              "paused", PAUSED,
              "cancel asked", CANCELLING,
              "completed", FINISHED),
          PAUSED,
          Map.of(
              "resumed in canary", CANARY,
              "resumed", RUNNING,
              "cancel asked", CANCELLING,
              "completed", FINISHED),
          CANCELLING,
          Map.of("completed", CANCELLED));

  static Stream<Arguments> everyStateAndEvent() {
    return Arrays.stream(OperationState.values())
        .flatMap(
            state ->
                EVENTS.keySet().stream()
                    .map(
                        event ->
                            Arguments.of(
                                state, event, TABLE.getOrDefault(state, Map.of()).get(event))));
  }

  @ParameterizedTest(name = "{0} and {1} make {2}")
  @MethodSource("everyStateAndEvent")
  void anOperationGoesFromStateToStateAsTheTableSays(
      OperationState state, String event, OperationState next) {
    assertThat(OperationTransitions.next(state, EVENTS.get(event)))
        .isEqualTo(Optional.ofNullable(next));
  }

  @Test
  void everyChangeIsKeptInTheHistoryWithWhoDidItAndWhy() {
    RecoveryOperation frozen = operation().frozen(summary(), NOW.plusSeconds(1)).orElseThrow();

    RecoveryOperation finished =
        Optional.of(frozen.because("Tax code is there now"))
            .flatMap(
                o ->
                    o.after(new OperationEvent.Started(false), "support", null, NOW.plusSeconds(2)))
            .flatMap(
                o -> o.after(new OperationEvent.Completed(), null, "all ended", NOW.plusSeconds(9)))
            .orElseThrow();

    assertThat(finished.size()).isEqualTo(3);
    assertThat(finished.reason()).isEqualTo("Tax code is there now");
    assertThat(finished.history())
        .containsExactly(
            new OperationStep(NOW, PLANNED, "support", null),
            new OperationStep(NOW.plusSeconds(1), PREVIEWED, null, null),
            new OperationStep(NOW.plusSeconds(2), RUNNING, "support", null),
            new OperationStep(NOW.plusSeconds(9), FINISHED, null, "all ended"));
    assertThat(finished.reachedAt(RUNNING)).contains(NOW.plusSeconds(2));
  }

  @Test
  void aPausedOperationKnowsWhatItGoesOnAs() {
    RecoveryOperation paused =
        operation()
            .frozen(summary(), NOW)
            .flatMap(o -> o.after(new OperationEvent.Started(true), "support", null, NOW))
            .flatMap(o -> o.after(new OperationEvent.Paused(CANARY), "oncall", null, NOW))
            .orElseThrow();

    assertThat(paused.goesOnAs()).isEqualTo(CANARY);
    assertThat(
            paused
                .after(new OperationEvent.Resumed(CANARY), "oncall", null, NOW)
                .orElseThrow()
                .goesOnAs())
        .isNull();
  }

  private static OperationSummary summary() {
    return OperationSummary.of(
        3, 3, 0, 1, MoneySum.NONE, Map.of("erp", 3), Map.of(), "a hash of three");
  }

  private static RecoveryOperation operation() {
    return RecoveryOperation.planned(
        "o-1",
        RecoveryAction.RETRY,
        "support",
        "",
        NOW,
        new OperationScope(OperationScope.Kind.MESSAGE, "m-1", null, "message m-1"),
        "middleware");
  }
}
