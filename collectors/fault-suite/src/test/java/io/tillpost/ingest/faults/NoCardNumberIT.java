package io.tillpost.ingest.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Card numbers come in every field that may hold text, right and wrong, over each protocol; then
 * every file that ingest and Elasticsearch wrote is searched for their digits.
 */
class NoCardNumberIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  /** No test of ours and no library has these by chance. */
  private static final List<String> CARDS =
      List.of("4539578763621486", "5105105105105100", "371449635398431", "6011000990139424");

  private static final String CARD = CARDS.get(0);
  private static final String GROUPS = "4539 5787 6362 1486";

  @TempDir Path directory;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void noDigitsOfACardStandInAnyFile() throws Exception {
    try (BreakableParts parts = BreakableParts.start(directory)) {
      assertThat(post(parts, "/v1/message-events", "application/cloudevents-batch+json", events()))
          .contains("\"accepted\":2")
          .contains("data.stage")
          .contains("data.transactionNumber: is the number of a payment card");
      assertThat(post(parts, "/v1/traces", "application/json", spans()))
          .contains("\"rejectedSpans\":\"1\"");
      assertThat(post(parts, "/v1/logs", "application/json", logs()))
          .contains("\"rejectedLogRecords\":\"1\"");
      // Two events, one log record, one span, and what was wrong in its own place.
      for (String kind : List.of("events-*:3", "spans-*:1", "parked-records:4")) {
        String[] parted = kind.split(":", 2);
        await()
            .atMost(LONG)
            .until(() -> documents(parts, parted[0]).contains("\"value\":" + parted[1] + ","));
      }
      String stored = documents(parts, "*");
      assertThat(stored).contains("453957******1486").contains("marker-of-a-payload");
      CARDS.forEach(card -> assertThat(stored).doesNotContain(card));
    }
    assertThat(filesWithCards()).isEmpty();
  }

  private static String documents(BreakableParts parts, String indices) throws Exception {
    URI uri =
        parts.elasticsearch().resolve("/" + BreakableParts.PREFIX + indices + "/_search?size=100");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private String post(BreakableParts parts, String path, String type, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(parts.ingestItself().resolve(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static String events() {
    String base64 =
        Base64.getEncoder().encodeToString(("pan=" + GROUPS + "\u00ff").getBytes(ISO_8859_1));
    String payload =
        """
        "payload":{"contentType":"application/json","body":"{\\"note\\":\\"marker-of-a-payload\\",\
        \\"pan\\":%s,\\"text\\":\\"%s\\",\\"p\\":[\\"4539\\",\\"5787\\",\\"6362\\",\\"1486\\"],\
        \\"amex\\":\\"3714-496353-98431\\"}"}"""
            .formatted(CARD, CARDS.get(1));
    return "["
        + String.join(
            ",",
            event("a", "FAILED", payload),
            event("b", "FAILED", "\"payload\":{\"bodyBase64\":\"%s\"}".formatted(base64)),
            event("c", "SNT " + CARD, payload),
            event("d", "FAILED", "\"transactionNumber\":" + CARD))
        + "]";
  }

  private static String event(String id, String stage, String more) {
    return """
        {"specversion":"1.0","type":"io.tillpost.message-event.v1","id":"%s","source":"/till",
        "subject":"sale-%s","time":"%s","other":"%s","data":{"stage":"%s","workflow":"w %s",
        "capturedAt":"%s","source":"s %s","target":"t %s","storeId":"%s","registerId":"%s",
        "keys":{"k %s":"v %s"},"schemaVersion":"%s","failure":{"code":"c %s",
        "message":"Card %s, %s","field":"f %s"},%s}}"""
        .formatted(
            id,
            id,
            Instant.now(),
            CARD,
            stage,
            CARD,
            Instant.now(),
            CARD,
            GROUPS,
            CARD,
            CARD,
            CARD,
            GROUPS,
            CARD,
            CARD,
            GROUPS,
            CARDS.get(3),
            CARD,
            more);
  }

  private static String attributes() {
    return """
        [{"key":"k %s","value":{"stringValue":"%s"}},{"key":"int","value":{"intValue":"%s"}},
        {"key":"double","value":{"doubleValue":%s}},{"key":"bytes","value":{"bytesValue":"%s"}},
        {"key":"array","value":{"arrayValue":{"values":[{"intValue":%s},{"stringValue":"%s"}]}}},
        {"key":"map","value":{"kvlistValue":{"values":[{"key":"a","value":{"doubleValue":%s}}]}}}]"""
        .formatted(
            CARD,
            GROUPS,
            CARD,
            CARD,
            Base64.getEncoder().encodeToString(CARD.getBytes(UTF_8)),
            CARD,
            CARDS.get(2),
            CARD);
  }

  private static String spans() {
    return """
        {"resourceSpans":[{"resource":{"attributes":%s},"scopeSpans":[{"scope":{"name":"%s"},
        "spans":[%s,%s]}]}]}"""
        .formatted(attributes(), CARD, span("5b8efff798038103d269b633813fc60c"), span("no id"));
  }

  private static String span(String trace) {
    return """
        {"traceId":"%s","spanId":"eee19b7ec3c1b174","name":"post %s","startTimeUnixNano":"%d000000",
        "status":{"code":2,"message":"%s"},"attributes":%s,
        "events":[{"name":"%s","timeUnixNano":"1","attributes":%s}]}"""
        .formatted(
            trace, CARD, Instant.now().toEpochMilli(), GROUPS, attributes(), CARD, attributes());
  }

  private static String logs() {
    return "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[%s,%s]}]}]}"
        .formatted(logRecord("FAILED"), logRecord("ODD " + CARD));
  }

  private static String logRecord(String stage) {
    Instant now = Instant.now();
    return """
        {"eventName":"tillpost.message","timeUnixNano":"%d000000","body":{"kvlistValue":{"values":
        [{"key":"pan","value":{"intValue":"%s"}},{"key":"t","value":{"stringValue":"%s"}}]}},
        "attributes":[{"key":"messaging.message.id","value":{"stringValue":"log-1"}},
        {"key":"tillpost.stage","value":{"stringValue":"%s"}},
        {"key":"tillpost.workflow","value":{"stringValue":"returns"}},
        {"key":"tillpost.captured_at","value":{"stringValue":"%s"}},
        {"key":"tillpost.key.card","value":{"intValue":"%s"}},
        {"key":"exception.message","value":{"stringValue":"%s"}},
        {"key":"error.type","value":{"stringValue":"X"}}]}"""
        .formatted(now.toEpochMilli(), CARD, GROUPS, stage, now, CARD, GROUPS);
  }

  /** Each file with a card, in one run, in groups, or in the two bytes a letter of UTF-16. */
  private List<String> filesWithCards() throws IOException {
    List<String> wanted = new ArrayList<>();
    for (String card : CARDS) {
      wanted.add(card);
      wanted.add(String.join("\0", card.split("")));
      for (String separator : List.of(" ", "-")) {
        wanted.add(card.replaceAll("(\\d{4})(?=\\d)", "$1" + separator));
      }
    }
    wanted.add(Base64.getEncoder().withoutPadding().encodeToString(CARD.getBytes(UTF_8)));
    List<String> found = new ArrayList<>();
    int files = 0;
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files++;
        String content = Files.readString(file, ISO_8859_1);
        wanted.stream().filter(content::contains).forEach(card -> found.add(file + ": " + card));
      }
    }
    assertThat(files).as("the log, the indices and what the processes said").isGreaterThan(20);
    return found;
  }
}
