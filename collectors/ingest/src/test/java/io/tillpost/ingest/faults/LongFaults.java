package io.tillpost.ingest.faults;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault many times, with pauses of a minute: {@code ./tillpost test --faults}. Its name keeps
 * it out of the normal tests. The seed is told in the log and set by {@code tillpost.faults.seed}.
 */
class LongFaults {
  private static final int ROUNDS = Integer.getInteger("tillpost.faults.rounds", 5);
  private static final long SEED = Long.getLong("tillpost.faults.seed", System.currentTimeMillis());

  @TempDir Path directory;

  @Test
  void whateverBreaksHoweverOftenNothingAcknowledgedIsLostAndNothingIsThereTwice()
      throws Exception {
    new FaultsRun(ROUNDS, SEED, 8, Duration.ofSeconds(10), Duration.ofSeconds(60)).in(directory);
  }

  @Test
  void aClusterOfThreeNodesLosesOneAndGetsItBack() throws Exception {
    new ClusterRun(4, Duration.ofSeconds(10)).in(directory);
  }
}
