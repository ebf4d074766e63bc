package io.tillpost.ingest.faults;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An outage of Elasticsearch as stock senders see it; {@link LongFaults} has half an hour of it.
 */
class OutageIT {
  @TempDir Path directory;

  @Test
  void stockSendersNoticeNothingOfAnElasticsearchThatIsAway() throws Exception {
    new OutageRun(Duration.ofSeconds(10), false).in(directory);
  }
}
