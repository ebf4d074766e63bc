package io.tillpost.estate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span;
import io.tillpost.estate.channel.Signature;
import io.tillpost.estate.wire.CloudEventReceiver;
import io.tillpost.estate.wire.SpanReceiver;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RunProcessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int STORES = 60;
  private static final int MOST_RETRIED = 40;

  /**
   * A Wednesday at noon, on which everything is open; it goes on from there. By night the ERP takes
   * no postings for a while, and no recovery is accepted then.
   */
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private final Clock clock =
      Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), NOON));

  @TempDir Path state;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final HttpClient client = HttpClient.newHttpClient();
  private CloudEventReceiver events;
  private SpanReceiver spans;

  @BeforeEach
  void open() throws Exception {
    events = new CloudEventReceiver();
    spans = new SpanReceiver();
  }

  @AfterEach
  void close() {
    spans.close();
    events.close();
    client.close();
  }

  @Test
  void sendsHistoryThenTradesTakesRecoveryAndEndsInOrder() throws Exception {
    spans.refuseNext(2);
    events.answerNextWith(new CloudEventReceiver.Answer(503, "1", ""));
    RunProcess process = process(0);
    CompletableFuture<Integer> end = start(process);
    await().atMost(PATIENCE).until(() -> out.toString().contains("history done"));
    int history = events.events().size();
    await().atMost(PATIENCE).until(() -> events.events().size() > history);

    List<String> failed = deadLettered();
    assertThat(post(failed.getFirst(), "{}").statusCode()).isEqualTo(401);
    // Some fail again for a trouble of this hour of the day, which others do not have.
    Set<String> accepted = new HashSet<>();
    for (String one : failed) {
      HttpResponse<String> first = post(one, null);
      if (first.statusCode() == 202) {
        accepted.add(one);
        assertThat(post(one, null).body()).isEqualTo(first.body());
      }
    }
    assertThat(accepted).isNotEmpty();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(events.events())
                    .anySatisfy(
                        event -> {
                          assertThat(accepted).contains(event.path("subject").asString());
                          assertThat(event.path("data").path("attempt").asInt()).isEqualTo(4);
                          assertThat(event.path("data").path("stage").asString())
                              .isEqualTo("CONFIRMED");
                        }));
    process.stop();
    assertThat(end.get(10, TimeUnit.SECONDS)).isZero();
    everyEventPointsToASpan();
    clientSpansName("loyalty-saas", "erp", "wms");
  }

  @Test
  void goesOnWhereItWasAtASecondStart() throws Exception {
    RunProcess first = process(0);
    CompletableFuture<Integer> end = start(first);
    await().atMost(PATIENCE).until(() -> out.toString().contains("history done"));
    int history = events.events().size();
    await().atMost(PATIENCE).until(() -> events.events().size() > history);
    first.stop();
    assertThat(end.get(10, TimeUnit.SECONDS)).isZero();
    Set<String> captured = captured();
    int before = events.events().size();

    RunProcess second = process(0);
    end = start(second);
    await().atMost(PATIENCE).until(() -> captured().size() > captured.size());
    second.stop();
    assertThat(end.get(10, TimeUnit.SECONDS)).isZero();
    List<JsonNode> fresh = events.events().subList(before, events.events().size());
    Set<String> again =
        fresh.stream()
            .filter(event -> event.path("data").path("stage").asString().equals("CAPTURED"))
            .map(event -> event.path("subject").asString())
            .collect(Collectors.toCollection(HashSet::new));
    again.retainAll(captured);
    assertThat(again)
        .as("only a late or doubled report may name a message again")
        .hasSizeLessThan(8);
  }

  @Test
  void refusesABusyPortInOneSentence() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(process(busy.getLocalPort()).run()).isEqualTo(2);
    }
    assertThat(err.toString().lines()).singleElement().asString().contains("in use");
  }

  private RunProcess process(int port) {
    RunSettings settings =
        new RunSettings(
            STORES,
            42,
            20,
            Duration.ofHours(6),
            URI.create(spans.address()),
            events.address(),
            port,
            state,
            "default",
            2,
            "secret",
            "key");
    return new RunProcess(settings, clock, new PrintWriter(out), new PrintWriter(err));
  }

  private static CompletableFuture<Integer> start(RunProcess process) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return process.run();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private HttpResponse<String> post(String messageId, String forged) throws Exception {
    String address = out.toString().lines().findFirst().orElseThrow().split(" ", -1)[2];
    String body =
        "{\"operationId\":\"o\",\"action\":\"RETRY\",\"messageId\":\""
            + messageId
            + "\",\"attempt\":4,\"payload\":null}";
    Signature signature = new Signature("secret", clock);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Idempotency-Key", messageId + ":4")
            .header(
                "Tillpost-Signature",
                signature.sign((forged == null ? body : forged).getBytes(StandardCharsets.UTF_8)))
            .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Sales of the whole time that were given up, at least one. */
  private List<String> deadLettered() {
    return events.events().stream()
        .filter(event -> event.path("data").path("stage").asString().equals("DEAD_LETTERED"))
        .filter(event -> event.path("data").path("workflow").asString().equals("sales-posting"))
        .map(event -> event.path("subject").asString())
        .distinct()
        .limit(MOST_RETRIED)
        .toList();
  }

  private Set<String> captured() {
    return events.events().stream()
        .filter(event -> event.path("data").path("stage").asString().equals("CAPTURED"))
        .map(event -> event.path("subject").asString())
        .collect(Collectors.toSet());
  }

  /** Spans of messages that are under way are not ended yet; those of confirmed ones are. */
  private void everyEventPointsToASpan() {
    Set<String> ids =
        spans.spans().stream()
            .map(received -> hex(received.span().getSpanId().toByteArray()))
            .collect(Collectors.toSet());
    List<JsonNode> confirmed =
        events.events().stream()
            .filter(event -> event.path("data").path("stage").asString().equals("CONFIRMED"))
            .toList();
    assertThat(confirmed).isNotEmpty();
    assertThat(confirmed)
        .filteredOn(event -> !event.path("data").path("workflow").asString().equals("returns"))
        .allSatisfy(
            event ->
                assertThat(ids).contains(event.path("traceparent").asString().substring(36, 52)));
  }

  private void clientSpansName(String... servers) {
    Set<String> called = new HashSet<>();
    for (SpanReceiver.Received received : spans.spans()) {
      Span span = received.span();
      if (span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT) {
        span.getAttributesList().stream()
            .filter(attribute -> attribute.getKey().equals("server.address"))
            .forEach(attribute -> called.add(attribute.getValue().getStringValue()));
      }
    }
    assertThat(called).contains(servers);
    assertThat(spans.spans().stream().map(SpanReceiver.Received::service).distinct())
        .containsExactlyInAnyOrder("pos", "middleware", "erp");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
