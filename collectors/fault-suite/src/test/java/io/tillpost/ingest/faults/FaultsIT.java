package io.tillpost.ingest.faults;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault once; {@link LongFaults} is the long form. */
class FaultsIT {
  @TempDir Path directory;

  @Test
  void whateverBreaksNothingAcknowledgedIsLostAndNothingIsThereTwice() throws Exception {
    new FaultsRun(1, 42, 4, Duration.ofSeconds(5), Duration.ofSeconds(6)).in(directory);
  }
}
