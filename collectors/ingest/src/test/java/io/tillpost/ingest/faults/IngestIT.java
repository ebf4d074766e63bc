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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ingest as a process of its own with a real Elasticsearch, either of which may go at any time. */
class IngestIT {
  private static final int SENDERS = 4;
  private static final Duration LONG = Duration.ofMinutes(3);

  /** How many batches are acknowledged between the start of a process and its end. */
  private static final int[] KILLED_AFTER = {25, 1, 40, 0};

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

  @Test
  void messagesAreDueAsTheObjectiveOfTheirWorkflowSays() throws Exception {
    String prefix = EmbeddedElasticsearchNode.newPrefix();
    String within = "--tillpost.workflows.sales-posting.objective.within=";
    try {
      assertThat(timeToConfirm(prefix + "usual-")).isEqualTo(Duration.ofMinutes(5));
      assertThat(timeToConfirm(prefix + "own-", within + "90s")).isEqualTo(Duration.ofSeconds(90));
    } finally {
      EmbeddedElasticsearchNode.drop(prefix);
    }
  }

  /** From the capture of a message of {@code sales-posting} to the time at which it is due. */
  private Duration timeToConfirm(String prefix, String... options) throws Exception {
    Path own = Files.createDirectory(directory.resolve(prefix));
    try (Ledger ledger = Ledger.in(own);
        IngestProcessUnderTest ingest =
            IngestProcessUnderTest.start(own, EmbeddedElasticsearchNode.uri(), prefix, options)) {
      try (Senders _ = new Senders(1, ingest.http(), ledger)) {
        await().atMost(LONG).until(() -> ledger.batches() >= 2);
      }
      NothingLostNothingDoubled.verify(EmbeddedElasticsearchNode.uri(), prefix, ledger);
    }
    JsonNode message =
        JsonMapper.shared()
            .readTree(
                EmbeddedElasticsearchNode.send("POST", "/" + prefix + "messages-*/_search", "{}"))
            .at("/hits/hits/0/_source");
    return Duration.between(
        Instant.parse(message.path("captured_at").asString()),
        Instant.parse(message.path("due_at").asString()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
