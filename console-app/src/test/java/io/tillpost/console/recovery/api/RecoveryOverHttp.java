package io.tillpost.console.recovery.api;

import io.tillpost.console.ConsoleApplication;
import io.tillpost.console.browser.ForwardClock;
import io.tillpost.console.browser.TestStorage;
import io.tillpost.console.browser.TestUsers;
import io.tillpost.console.recovery.TestChannel;
import io.tillpost.console.recovery.edit.SchemaRulesTest;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.Stores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A console that runs, its middleware, and how a script talks to the console. */
@SpringBootTest(
    classes = ConsoleApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({TestStorage.class, ForwardClock.OfTheConsole.class})
abstract class RecoveryOverHttp {
  static final TestChannel CHANNEL = new TestChannel();

  /** Until then returns have to be confirmed. Longer than any test takes; none waits for it. */
  static final Duration DEADLINE = Duration.ofMinutes(5);

  final HttpClient http = HttpClient.newHttpClient();
  final MessageBuilder sale = Samples.aSale().capturedAt(Instant.now().minusSeconds(900));
  @Autowired Stores stores;
  @Autowired ForwardClock clock;
  @LocalServerPort private int port;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry properties) {
    properties.add("tillpost.security.users-file", TestUsers::file);
    properties.add("tillpost.channels.middleware.url", CHANNEL::url);
    properties.add("tillpost.channels.middleware.secret", () -> "a secret of the test");
    properties.add("tillpost.channels.middleware.workflows", () -> "sales-posting,inventory-sync");
    // Also when a test has put the clock forward.
    properties.add("tillpost.channels.middleware.deadline", () -> "12h");
    properties.add("tillpost.channels.returns.url", CHANNEL::url);
    properties.add("tillpost.channels.returns.secret", () -> "a secret of the test");
    properties.add("tillpost.channels.returns.workflows", () -> "returns");
    properties.add("tillpost.channels.returns.timeout", () -> "30s");
    properties.add("tillpost.channels.returns.deadline", DEADLINE::toString);
    properties.add("tillpost.channels.returns.look-up-url", CHANNEL::lookUpUrl);
    properties.add("tillpost.recovery.edit.schemas[0].workflow", () -> "sales-posting");
    properties.add("tillpost.recovery.edit.schemas[0].file", SchemaRulesTest.SALE::toString);
    properties.add("tillpost.recovery.follow-every", () -> "100ms");
    properties.add("tillpost.recovery.automatic-every", () -> "200ms");
    properties.add("tillpost.recovery.automatic.TRANSIENT.targets", () -> "loyalty");
    properties.add("tillpost.recovery.automatic.TRANSIENT.delay", () -> "1s");
  }

  @AfterAll
  static void close() {
    CHANNEL.close();
  }

  final void write(Stage stage) {
    stores.ingestWriter().write(new IngestWriter.Batch(sale.throughStage(stage), List.of()));
  }

  final JsonNode operation(String location) throws IOException, InterruptedException {
    return json(get("support", location));
  }

  final HttpResponse<String> retry(String who, MessageId message, String key, String reason)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(who, "/api/v1/messages/" + message + "/retry")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"" + reason + "\"}"));
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  final HttpResponse<String> post(String who, String path, String key, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(who, path);
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    return http.send(
        body == null
            ? request.POST(HttpRequest.BodyPublishers.noBody()).build()
            : request
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  final HttpResponse<String> get(String who, String path) throws IOException, InterruptedException {
    return http.send(request(who, path).build(), HttpResponse.BodyHandlers.ofString());
  }

  final HttpRequest.Builder request(String who, String path) {
    String login =
        Base64.getEncoder().encodeToString((who + ":" + who).getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("Authorization", "Basic " + login);
  }

  static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }
}
