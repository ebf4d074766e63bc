package io.tillpost.console.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.store.IngestProcess;
import io.tillpost.store.IngestProcess.State;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IngestMonitorTest {
  private final InMemoryStores stores = new InMemoryStores();
  private final MutableClock clock = MutableClock.at(Samples.MORNING);
  private final IngestMonitor monitor = new IngestMonitor(stores, clock);

  @Test
  void theDelayIsNotKnownWhereNoProcessReports() {
    assertThat(monitor.now()).isEmpty();
  }

  @Test
  void theDelayIsTheAgeOfTheOldestRecordThatIsNotIndexed() {
    report("a", 12, clock.instant().minusSeconds(40));
    report("b", 0, null);

    assertThat(monitor.now()).contains(Duration.ofSeconds(40));
  }

  @Test
  void aProcessThatWasNotHeardForAMinuteDoesNotCount() {
    report("a", 0, null);
    clock.advance(Duration.ofSeconds(61));

    assertThat(monitor.now()).isEmpty();
    assertThat(monitor.status().processes()).hasSize(1);
  }

  @Test
  void storageThatIsAwayLeavesTheDelayUnknown() {
    stores.breakDown("gone");

    assertThat(monitor.now()).isEmpty();
  }

  private void report(String id, long backlog, @Nullable Instant oldest) {
    Instant now = clock.instant();
    stores
        .documents()
        .of(IngestProcess.DOCUMENTS)
        .put(
            id,
            new IngestProcess(
                id,
                "host",
                now,
                now,
                100,
                88,
                0,
                0,
                backlog,
                0,
                oldest,
                0,
                State.RUNNING,
                null,
                1.5));
  }
}
