package io.tillpost.ingest.faults;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.elasticsearch.embedded.ElasticsearchNode;
import io.tillpost.elasticsearch.embedded.EmbeddedElasticsearch;
import io.tillpost.testing.EmbeddedElasticsearchNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ingest as a process of its own with a real Elasticsearch, either of which may go at any time. */
class IngestIT {
  private static final int SENDERS = 4;
  private static final Duration LONG = Duration.ofMinutes(3);

  /** How many batches are acknowledged between the start of a process and its end. */
  private static final int[] KILLED_AFTER = {25, 1, 60, 0, 10};

  @TempDir Path directory;

  @Test
  void afterEachKillMinusNineAllThatWasAcknowledgedIsThereOnce() throws Exception {
    String prefix = EmbeddedElasticsearchNode.newPrefix();
    URI elasticsearch = EmbeddedElasticsearchNode.uri();
    IngestProcessUnderTest ingest = IngestProcessUnderTest.start(directory, elasticsearch, prefix);
    try (Ledger ledger = Ledger.in(directory)) {
      try (Senders senders = new Senders(SENDERS, ingest.http(), ledger)) {
        for (int batches : KILLED_AFTER) {
          int before = ledger.batches();
          await().atMost(LONG).until(() -> ledger.batches() >= before + batches);
          ingest.kill();
          ingest = IngestProcessUnderTest.start(directory, elasticsearch, prefix);
          senders.sendTo(ingest.http());
        }
        int before = ledger.batches();
        await().atMost(LONG).until(() -> ledger.batches() >= before + 10);
      }
      NothingLostNothingDoubled.verify(elasticsearch, prefix, ledger);
    } finally {
      ingest.close();
      EmbeddedElasticsearchNode.drop(prefix);
    }
  }

  @Test
  void whileElasticsearchIsAwaySendersNoticeNothing() throws Exception {
    EmbeddedElasticsearch elasticsearch =
        EmbeddedElasticsearch.builder()
            .home(directory.resolve("elasticsearch"))
            .heap(256)
            .httpPort(freePort())
            .setting("cluster.routing.allocation.disk.threshold_enabled", "false")
            .build();
    ElasticsearchNode node = elasticsearch.start();
    try (Ledger ledger = Ledger.in(directory);
        IngestProcessUnderTest ingest =
            IngestProcessUnderTest.start(directory, node.uri(), "tillpost-")) {
      Senders senders = new Senders(SENDERS, ingest.http(), ledger);
      try (senders) {
        await().atMost(LONG).until(() -> ledger.batches() >= 20);
        var _ = ProcessHandle.of(node.pid()).orElseThrow().destroyForcibly();
        var _ = node.onExit().get(1, MINUTES);
        int before = ledger.batches();
        await().atMost(LONG).until(() -> ledger.batches() >= before + 40);
        node = elasticsearch.start();
      }
      assertThat(senders.refusals()).isEmpty();
      NothingLostNothingDoubled.verify(node.uri(), "tillpost-", ledger);
    } finally {
      node.stop();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
