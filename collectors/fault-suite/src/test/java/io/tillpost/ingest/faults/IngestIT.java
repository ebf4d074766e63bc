package io.tillpost.ingest.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.tillpost.testing.EmbeddedElasticsearchNode;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
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

  @Test
  void itIsSeenByItsNumbersAndByItsTraces() throws Exception {
    Queue<String> traces = new ConcurrentLinkedQueue<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          try (InputStream spans = new GZIPInputStream(exchange.getRequestBody())) {
            traces.add(new String(spans.readAllBytes(), ISO_8859_1));
          }
          exchange.sendResponseHeaders(200, -1);
        });
    collector.start();
    String prefix = EmbeddedElasticsearchNode.newPrefix();
    try (Ledger ledger = Ledger.in(directory);
        IngestProcessUnderTest ingest =
            IngestProcessUnderTest.start(
                directory,
                EmbeddedElasticsearchNode.uri(),
                prefix,
                "--tillpost.ingest.metrics-token=a token",
                "--tillpost.telemetry.endpoint=http://127.0.0.1:%d/v1/traces"
                    .formatted(collector.getAddress().getPort()))) {
      try (Senders _ = new Senders(1, ingest.http(), ledger)) {
        await().atMost(LONG).until(() -> ledger.batches() >= 2);
      }
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(metrics(ingest))
                      .containsPattern("tillpost_ingest_stored_total [1-9]")
                      .contains("tillpost_ingest_backlog ")
                      .contains("jvm_memory_used_bytes"));
    } finally {
      EmbeddedElasticsearchNode.drop(prefix);
      collector.stop(0);
    }
    // What waited went out when the process ended.
    assertThat(traces).isNotEmpty().allMatch(spans -> spans.contains("tillpost-ingest"));
  }

  private static String metrics(IngestProcessUnderTest ingest) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(ingest.http().resolve("/metrics"))
                  .header("Authorization", "Bearer a token")
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
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
