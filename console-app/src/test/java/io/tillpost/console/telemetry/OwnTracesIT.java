package io.tillpost.console.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.opentelemetry.api.trace.SpanKind;
import io.tillpost.console.ConsoleApplication;
import io.tillpost.console.browser.TestStorage;
import io.tillpost.console.browser.TestUsers;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.store.Traces.TraceQuery;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.FreePorts;
import io.tillpost.trace.Span;
import io.tillpost.trace.SpanStatus;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The shape of one machine, everything over the wire: the console sends its own traces to its own
 * ingest, and a heartbeat goes from the receiver to a mail.
 */
@SpringBootTest(
    classes = ConsoleApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "tillpost.ingest.enabled=true",
      "tillpost.ingest.grpc-port=0",
      "tillpost.telemetry.every=100ms",
      "tillpost.alerting.enabled=true",
      "tillpost.alerting.evaluate-every=1s",
      "tillpost.alerting.notify-every=1s",
      "tillpost.alerting.group-wait=0s",
      "tillpost.alerting.group-interval=0s",
      "tillpost.alerting.rule-files=classpath:heartbeat-rules.yml",
      "tillpost.alerting.recipients.critical=oncall@chain.example",
      "spring.main.allow-bean-definition-overriding=true"
    })
@Import({TestStorage.class, OwnTracesIT.OneStore.class})
class OwnTracesIT {
  private static final GreenMail MAILS = new GreenMail(ServerSetup.SMTP.dynamicPort());
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private static Path directory;
  private static int ingest;

  private final Instant started = Instant.now();

  @LocalServerPort private int port;
  @Autowired private InMemoryStores stores;

  @DynamicPropertySource
  static void addresses(DynamicPropertyRegistry properties) throws IOException {
    int http = FreePorts.next();
    ingest = http;
    MAILS.start();
    properties.add("spring.mail.host", () -> "127.0.0.1");
    properties.add("spring.mail.port", () -> MAILS.getSmtp().getPort());
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

  @Test
  void aStoreThatIsNotHeardIsMailedAndItsNextEventIsTheAllClear() throws Exception {
    awaitMails("Silent", 1);
    beat("first");
    awaitMails("Silent", 2);
    assertThat(subjects("Silent").get(1)).contains("back to normal");
  }

  private static void awaitMails(String rule, int count) {
    await().atMost(LONG).until(() -> subjects(rule).size() >= count);
  }

  private static List<String> subjects(String rule) throws MessagingException {
    List<String> subjects = new ArrayList<>();
    for (MimeMessage mail : MAILS.getReceivedMessages()) {
      if (mail.getSubject().contains(rule)) {
        subjects.add(mail.getSubject());
      }
    }
    return subjects;
  }

  private static void beat(String id) throws IOException, InterruptedException {
    Instant now = Instant.now();
    String event =
        """
        {"specversion":"1.0","type":"io.tillpost.message-event.v1","id":"%1$s","source":"/till/0412",
         "subject":"sale-%1$s","time":"%2$s","data":{"stage":"CAPTURED","workflow":"sales-posting",
         "capturedAt":"%2$s","storeId":"0412"}}"""
            .formatted(id, now);
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + ingest + "/v1/message-events"))
                    .header("Content-Type", "application/cloudevents+json")
                    .POST(HttpRequest.BodyPublishers.ofString(event))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @AfterAll
  static void stopMails() {
    MAILS.stop();
  }

  /** Open all day and night, so that its silence means something whenever the test runs. */
  @TestConfiguration(proxyBeanMethods = false)
  static class OneStore {
    @Bean
    @Primary
    StoreDirectory testStores() {
      return StoreDirectory.of(
          List.of(
              new Store(
                  "0412",
                  "Cork",
                  "West",
                  ZoneId.of("UTC"),
                  "EUR",
                  LocalTime.MIN,
                  LocalTime.MAX,
                  4)));
    }
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
}
