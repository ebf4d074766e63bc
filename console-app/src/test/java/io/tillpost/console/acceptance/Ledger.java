package io.tillpost.console.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A sender that sends one batch after the other and writes down which of them were answered with
 * 200: those are promised.
 */
final class Ledger {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String SOURCE = "/pos/ledger";
  private static final int BATCH = 50;
  private static final String STORE = "LEDGER";
  private static final int MOST = 10_000;

  /** Batches answered before anything is broken; the next ones are under way then. */
  private static final int BEFORE = 40;

  private final NavigableSet<Integer> acknowledged = new ConcurrentSkipListSet<>();
  private final CountDownLatch underWay = new CountDownLatch(BEFORE);
  private final AtomicBoolean ended = new AtomicBoolean();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Thread sender;

  /** Begins to send there, and is back once so much is answered that it is well under way. */
  Ledger(URI to) throws InterruptedException {
    sender = Thread.ofVirtual().name("ledger").start(() -> send(to));
    underWay.await();
  }

  /** Sends no more. */
  void close() throws InterruptedException {
    ended.set(true);
    sender.join();
  }

  /** Waits until every event that was answered is in the storage, and sees that each is once. */
  void isThereOnce(URI elasticsearch) throws IOException, InterruptedException {
    Set<String> promised = acknowledged.stream().flatMap(Ledger::idsOf).collect(Collectors.toSet());
    Awaitility.await("every acknowledged event in the storage")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(countById(elasticsearch).keySet()).containsAll(promised));
    assertThat(countById(elasticsearch).values())
        .as("times an event stands there")
        .allMatch(times -> times == 1);
  }

  private void send(URI to) {
    for (int batch = 0; !ended.get(); batch++) {
      HttpRequest request =
          HttpRequest.newBuilder(to)
              .timeout(Duration.ofSeconds(20))
              .header("Content-Type", "application/cloudevents-batch+json")
              .POST(BodyPublishers.ofString(body(batch)))
              .build();
      try {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          assertThat(JSON.readTree(answer.body()).get("accepted").asInt()).isEqualTo(BATCH);
          acknowledged.add(batch);
          underWay.countDown();
        }
      } catch (IOException e) {
        // The kill: what was not answered is not promised.
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static Stream<String> idsOf(int batch) {
    return IntStream.range(0, BATCH).mapToObj(number -> batch + "-" + number);
  }

  private static String body(int batch) {
    String now = Instant.now().toString();
    return idsOf(batch)
        .map(
            id ->
                """
                {"specversion":"1.0","type":"io.tillpost.message-event.v1","id":"%s","source":"%s",
                 "subject":"ledger-%s","time":"%s",
                 "data":{"stage":"CAPTURED","workflow":"sales-posting","capturedAt":"%s","storeId":"%s",
                         "amount":{"minor":100,"currency":"EUR"}}}
                """
                    .formatted(id, SOURCE, id, now, now, STORE))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** How often each event of the ledger stands in the storage, whatever its document's id. */
  private Map<String, Integer> countById(URI elasticsearch)
      throws IOException, InterruptedException {
    String query =
        "{\"size\":%d,\"query\":{\"term\":{\"store_id\":\"%s\"}}}".formatted(MOST, STORE);
    HttpRequest request =
        HttpRequest.newBuilder(elasticsearch.resolve("/tillpost-events-*/_search"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(query))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode hits = JSON.readTree(answer.body()).get("hits").get("hits");
    assertThat(hits.size()).as("events found in one page").isLessThan(MOST);
    Map<String, Integer> found = new HashMap<>();
    hits.forEach(
        hit -> found.merge(hit.get("_source").get("event_id").asString(), 1, Integer::sum));
    return found;
  }
}
