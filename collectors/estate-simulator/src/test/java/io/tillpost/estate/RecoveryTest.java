package io.tillpost.estate;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.tillpost.estate.channel.ChannelServer;
import io.tillpost.estate.channel.Desk;
import io.tillpost.estate.channel.Signature;
import io.tillpost.estate.middleware.Recovery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RecoveryTest {
  private static final Instant NOW = Instant.parse("2026-11-24T14:00:00Z");
  private static final int STORES = 100;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path directory;
  private EstateInTime estate;

  @BeforeEach
  void goLive() throws Exception {
    estate = new EstateInTime(STORES, NOW, directory).history(NOW, Duration.ofHours(4));
  }

  @AfterEach
  void close() throws Exception {
    estate.close();
  }

  @Test
  void confirmsARetryOnceTheCauseIsGone() throws Exception {
    String sale = lastFailed("ERP_UNAVAILABLE");
    long postings = estate.estate().erpPostings();
    assertThat(status(estate.retry(sale, 4))).isEqualTo(202);
    estate.pass(MINUTE);

    assertThat(stages(sale, 4))
        .containsExactly(
            "RECEIVED", "VALIDATED", "TRANSFORMED", "QUEUED", "SUBMITTED", "CONFIRMED");
    assertThat(estate.estate().erpPostings()).isGreaterThan(postings);
    assertThat(status(estate.retry(sale, 5))).as("posts once only").isEqualTo(409);
  }

  @Test
  void saysWhatTheTargetHasWhenItIsAskedByBusinessKey() throws Exception {
    String sale = lastFailed("ERP_UNAVAILABLE");
    String[] id = sale.split("-", -1);
    String date = id[3].replaceFirst("(\\d{4})(\\d{2})(\\d{2})", "$1-$2-$3");
    String query =
        "workflow=sales-posting&storeId=%s&registerId=%s&businessDate=%s&transactionNumber=%d"
            .formatted(id[1], id[2], date, Integer.parseInt(id[4]));
    Signature signature = new Signature("secret", Clock.systemUTC());
    try (ChannelServer channel = ChannelServer.listen(0, signature, estate.estate())) {
      assertThat(lookUp(channel, signature, query).body()).isEqualTo("{\"state\":\"ABSENT\"}");
      estate.retry(sale, 4);
      assertThat(lookUp(channel, signature, query).body()).isEqualTo("{\"state\":\"PENDING\"}");
      estate.pass(MINUTE);
      assertThat(lookUp(channel, signature, query).body()).isEqualTo("{\"state\":\"POSTED\"}");
      assertThat(lookUp(channel, signature, "messageId=" + sale).body()).contains("POSTED");
      assertThat(lookUp(channel, signature, "messageId=nobody-knows-it").statusCode())
          .isEqualTo(400);
      Signature other = new Signature("another secret", Clock.systemUTC());
      assertThat(lookUp(channel, other, query).statusCode()).isEqualTo(401);
    }
  }

  private static HttpResponse<String> lookUp(
      ChannelServer channel, Signature signature, String query) throws Exception {
    String path = "/recovery/look-up?" + query;
    byte[] signed = ("GET " + path).getBytes(StandardCharsets.UTF_8);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + channel.port() + path))
              .header("Tillpost-Signature", signature.sign(signed))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void tracesARetryInTheTraceOfWhoAskedAndLinksTheFirst() throws Exception {
    String sale = lastFailed("ERP_UNAVAILABLE");
    estate.retry(sale, 4);
    estate.pass(MINUTE);

    List<SpanData> spans =
        estate.spans().stream()
            .filter(span -> span.getTraceId().equals(EstateInTime.RECOVERY_TRACE))
            .toList();
    assertThat(spans).extracting(SpanData::getParentSpanId).contains("00f067aa0ba902b7");
    assertThat(spans).flatExtracting(SpanData::getLinks).hasSize(1);
    Set<String> ids = spans.stream().map(SpanData::getSpanId).collect(Collectors.toSet());
    for (JsonNode event : estate.eventsOf(sale)) {
      if (event.path("data").path("attempt").asInt() == 4) {
        assertThat(ids).contains(event.path("traceparent").asString().substring(36, 52));
      }
    }
  }

  @Test
  void failsAgainWhileTheCauseIsThereAndNotOnceItIsLifted() throws Exception {
    String stock = lastFailed("ITEM_NOT_FOUND");
    assertThat(status(estate.retry(stock, 2))).isEqualTo(202);
    estate.pass(MINUTE);
    assertThat(stages(stock, 2)).endsWith("SUBMITTED", "FAILED");

    assertThat(estate.estate().intervene("item-not-found", false)).isTrue();
    assertThat(status(estate.retry(stock, 3))).isEqualTo(202);
    estate.pass(MINUTE);
    assertThat(stages(stock, 3)).endsWith("SUBMITTED", "CONFIRMED");
  }

  @Test
  void takesACorrectedPayloadEvenWhileTheCauseIsThere() throws Exception {
    String stock = lastFailed("ITEM_NOT_FOUND");
    String corrected = "{\"sku\":\"A-100\"}";
    Desk.Reply reply = estate.recover(Recovery.Action.EDIT_AND_RETRY, stock, 2, corrected);
    assertThat(status(reply)).isEqualTo(202);
    estate.pass(MINUTE);
    assertThat(stages(stock, 2)).endsWith("CONFIRMED");
    assertThat(estate.eventsOf(stock))
        .anyMatch(e -> e.path("data").path("payload").path("body").asString("").equals(corrected));
  }

  @Test
  void discardsForGood() throws Exception {
    String sale = lastFailed("ERP_UNAVAILABLE");
    assertThat(status(estate.recover(Recovery.Action.DISCARD, sale, 4, null))).isEqualTo(202);
    estate.take();
    assertThat(stages(sale, 4)).containsExactly("DISCARDED");
    assertThat(status(estate.retry(sale, 5))).isEqualTo(422);
  }

  @Test
  void answersAKeyTheSameWithoutDoingItTwice() throws Exception {
    String sale = lastFailed("ERP_UNAVAILABLE");
    Recovery.Request request = new Recovery.Request(Recovery.Action.RETRY, sale, 4, null, null);
    Desk.Reply first = estate.estate().recover(sale + ":4", request);
    estate.pass(MINUTE);
    int events = estate.eventsOf(sale).size();
    assertThat(estate.estate().recover(sale + ":4", request)).isEqualTo(first);
    estate.pass(MINUTE);
    assertThat(estate.eventsOf(sale)).hasSize(events);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(status(estate.retry("sale-0001-01-20261124-999999", 2))).isEqualTo(422);
    assertThat(status(estate.retry("whatever", 2))).isEqualTo(422);
  }

  @Test
  void asksForPatienceDuringAnOutage() {
    String sale = lastFailed("ERP_UNAVAILABLE");
    estate.estate().intervene("erp-outage", true);
    Desk.Reply reply = estate.retry(sale, 4);
    assertThat(status(reply)).isEqualTo(503);
    assertThat(reply.retryAfter()).isPositive();
  }

  @Test
  void goesOnAfterARestartWithWhatWasOpenAndAnswered() throws Exception {
    String sale = lastFailed("ERP_UNAVAILABLE");
    String other = firstFailed("ERP_UNAVAILABLE");
    Recovery.Request request = new Recovery.Request(Recovery.Action.RETRY, sale, 4, null, null);
    Desk.Reply first = estate.estate().recover("key", request);
    estate.pass(MINUTE);
    Set<String> before = captured();
    estate.close();

    estate = new EstateInTime(STORES, NOW, directory);
    assertThat(estate.now()).isEqualTo(NOW.plus(MINUTE));
    estate.save();
    assertThat(estate.estate().recover("key", request)).isEqualTo(first);
    assertThat(status(estate.retry(sale, 5))).isEqualTo(409);
    assertThat(status(estate.retry(other, 4))).isEqualTo(202);
    estate.take();
    estate.events().clear();
    estate.pass(Duration.ofMinutes(30));
    Set<String> after = captured();
    assertThat(after).isNotEmpty().noneMatch(before::contains);
    assertThat(stages(other, 4)).endsWith("CONFIRMED");
  }

  @Test
  void holdsSalesOfAStoreWhoseLineIsDownAndBurstsWhenItIsBack() throws Exception {
    Set<String> received = withStage("RECEIVED");
    Set<String> stuck = withStage("CAPTURED");
    stuck.removeAll(received);
    stuck.removeIf(id -> !id.startsWith("sale-"));
    assertThat(stuck).hasSizeGreaterThan(2);
    String sale = stuck.iterator().next();
    assertThat(status(estate.retry(sale, 2))).isEqualTo(422);

    estate.pass(Duration.ofMinutes(12));
    Set<String> later = withStage("CONFIRMED");
    assertThat(stuck).filteredOn(later::contains).hasSizeGreaterThan(stuck.size() / 2);
  }

  private Set<String> withStage(String stage) {
    return estate.events().stream()
        .filter(event -> event.path("data").path("stage").asString().equals(stage))
        .map(event -> event.path("subject").asString())
        .collect(Collectors.toSet());
  }

  private Set<String> captured() {
    return withStage("CAPTURED");
  }

  private List<String> stages(String messageId, int attempt) {
    return estate.eventsOf(messageId).stream()
        .filter(event -> event.path("data").path("attempt").asInt() == attempt)
        .sorted((a, b) -> a.path("time").asString().compareTo(b.path("time").asString()))
        .map(event -> event.path("data").path("stage").asString())
        .distinct()
        .toList();
  }

  private String lastFailed(String code) {
    return lastAttempts(code).getLast();
  }

  private String firstFailed(String code) {
    return lastAttempts(code).getFirst();
  }

  private List<String> lastAttempts(String code) {
    return estate.failed(code).stream()
        .filter(e -> !code.startsWith("ERP") || dead(e))
        .map(event -> event.path("subject").asString())
        .distinct()
        .toList();
  }

  private static boolean dead(JsonNode event) {
    return event.path("data").path("stage").asString().equals("DEAD_LETTERED");
  }

  private static int status(Desk.Reply reply) {
    return reply.answer().status();
  }
}
