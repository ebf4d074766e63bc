package io.tillpost.console.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.SpanKind;
import io.tillpost.console.ConsoleApplication;
import io.tillpost.console.browser.TestStorage;
import io.tillpost.console.browser.TestUsers;
import io.tillpost.store.Traces.TraceQuery;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.trace.Span;
import io.tillpost.trace.SpanStatus;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The shape of one machine: the console sends its own traces to its own ingest, over the wire. */
@SpringBootTest(
    classes = ConsoleApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "tillpost.ingest.enabled=true",
      "tillpost.ingest.grpc-port=0",
      "tillpost.telemetry.every=100ms",
      "tillpost.alerting.enabled=true",
      "tillpost.alerting.evaluate-every=1s"
    })
@Import(TestStorage.class)
class OwnTracesIT {
  @TempDir private static Path directory;

  private final Instant started = Instant.now();

  @LocalServerPort private int port;
  @Autowired private InMemoryStores stores;

  @DynamicPropertySource
  static void addresses(DynamicPropertyRegistry properties) throws IOException {
    int http = freePort();
    properties.add("tillpost.security.users-file", TestUsers::file);
    properties.add("tillpost.ingest.log.directory", () -> directory.resolve("log"));
    properties.add("tillpost.ingest.http-port", () -> http);
    properties.add("tillpost.telemetry.endpoint", () -> "http://127.0.0.1:" + http + "/v1/traces");
  }

  @Test
  void aRequestAnEvaluationAndABatchOfIngestAreTracesOfTheServiceTillpostConsole()
      throws Exception {
    String asked = "0af7651916cd43dd8448eb211c80319c";
    ask("/api/v1/impact", asked);
    ask("/actuator/health", "1bf7651916cd43dd8448eb211c80319c");

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(spans())
                    .extracting(Span::name)
                    .contains("GET /api/v1/impact", "evaluate alert rules", "index batch"));
    assertThat(spans()).extracting(Span::service).containsOnly("tillpost-console");
    assertThat(spans())
        .as("probes are not traced")
        .extracting(Span::name)
        .noneMatch(name -> name.contains("actuator"));
    Span request =
        spans().stream()
            .filter(span -> span.name().equals("GET /api/v1/impact"))
            .findFirst()
            .orElseThrow();
    assertThat(request.traceId().value()).as("the caller's trace goes on").isEqualTo(asked);
    assertThat(request.kind().name()).isEqualTo(SpanKind.SERVER.name());
    assertThat(request.attributes())
        .containsEntry("http.request.method", "GET")
        .containsEntry("http.route", "/api/v1/impact")
        .containsEntry("http.response.status_code", "200");
    assertThat(spans())
        .filteredOn(span -> span.name().equals("evaluate alert rules"))
        .extracting(Span::status)
        .doesNotContain(SpanStatus.ERROR);
  }

  private List<Span> spans() {
    return stores
        .traces()
        .search(
            new TraceQuery(
                "tillpost-console",
                null,
                false,
                null,
                started,
                started.plus(Duration.ofHours(1)),
                1_000));
  }

  private void ask(String path, String traceId) throws IOException, InterruptedException {
    String login = TestUsers.login(io.tillpost.console.security.Role.SUPPORT);
    String basic =
        Base64.getEncoder().encodeToString((login + ":" + login).getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .header("Authorization", "Basic " + basic)
                    .header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
