package io.tillpost.ingest.faults;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small bodies that become huge, many at a time; {@link LongFaults} has the largest there are. */
class DecompressionBombTest {
  @TempDir Path directory;

  @Test
  void aHundredBombsAreToldThatTheyAreTooLargeAndNobodyElseNotices() throws Exception {
    new BombRun(4).in(directory);
  }
}
