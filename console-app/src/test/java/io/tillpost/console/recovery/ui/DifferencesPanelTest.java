package io.tillpost.console.recovery.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.MoneySum;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferencesPanelTest {
  private static final Instant FROZEN = Instant.parse("2026-11-29T10:15:00Z");

  @Test
  void ofARetryMoreIsLookedForUntilNoneCanComeAlsoOnceItRuns() {
    RecoveryOperation retry = frozen(RecoveryAction.RETRY);
    RecoveryOperation running =
        retry
            .after(new OperationEvent.Started(false), "support", null, FROZEN.plusSeconds(1))
            .orElseThrow();

    assertThat(DifferencesPanel.mayGrow(retry, 0, FROZEN.plusSeconds(2))).isTrue();
    assertThat(DifferencesPanel.mayGrow(running, 1, FROZEN.plusSeconds(2))).isTrue();
    assertThat(DifferencesPanel.mayGrow(running, 3, FROZEN.plusSeconds(2))).isFalse();
    assertThat(DifferencesPanel.mayGrow(running, 0, FROZEN.plusSeconds(60))).isFalse();
  }

  @Test
  void ofAnEditAllAreWaitedForHoweverLongItTakes() {
    RecoveryOperation edit = frozen(RecoveryAction.EDIT_AND_RETRY);

    assertThat(DifferencesPanel.mayGrow(edit, 2, FROZEN.plusSeconds(600))).isTrue();
    assertThat(DifferencesPanel.mayGrow(edit, 3, FROZEN)).isFalse();
    assertThat(DifferencesPanel.mayGrow(frozen(RecoveryAction.DISCARD), 0, FROZEN)).isFalse();
  }

  private static RecoveryOperation frozen(RecoveryAction action) {
    return RecoveryOperation.planned(
            "o-1",
            action,
            "support",
            "",
            FROZEN.minusSeconds(1),
            new OperationScope(OperationScope.Kind.SELECTION, "3", null, "3 chosen messages"),
            "middleware")
        .frozen(OperationSummary.of(3, 3, 0, 1, MoneySum.NONE, Map.of(), Map.of(), "list"), FROZEN)
        .orElseThrow();
  }
}
