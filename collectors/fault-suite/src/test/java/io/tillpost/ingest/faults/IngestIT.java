package io.tillpost.ingest.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.testing.EmbeddedElasticsearchNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ingest as a process of its own with a real Elasticsearch; what breaks is in {@link FaultsIT}. */
class IngestIT {
  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir Path directory;

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
}
