package io.tillpost.console.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.memory.InMemoryStores;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecoveryRecordsTest {
  private static final Instant T0 = Instant.parse("2026-11-28T08:00:00Z");
  private static final OperationScope SCOPE =
      new OperationScope(OperationScope.Kind.SELECTION, "1 chosen message", null, "1 message");

  private final RecoveryRecords records = new RecoveryRecords(new InMemoryStores().documents());

  /** Nothing expires while it is pending, so paused ones can become many. */
  @Test
  void tellsAllOperationsThatAreUnderWayHoweverManyThereAre() {
    int more = 2_001;
    for (int i = 0; i < more; i++) {
      put(running("running-" + i));
    }
    put(planned("planned"));

    assertThat(records.active())
        .hasSize(more)
        .allSatisfy(found -> assertThat(found.value().state()).isEqualTo(OperationState.RUNNING));
  }

  private void put(RecoveryOperation operation) {
    records.operations().put(operation.id(), operation);
  }

  private static RecoveryOperation running(String id) {
    return planned(id)
        .after(new OperationEvent.Frozen(), null, null, T0)
        .flatMap(o -> o.after(new OperationEvent.Started(false), "support", null, T0))
        .orElseThrow();
  }

  private static RecoveryOperation planned(String id) {
    return RecoveryOperation.planned(
        id, RecoveryAction.RETRY, "support", "Try again", T0, SCOPE, "middleware");
  }
}
