package io.tillpost.console.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The console is killed with SIGKILL while stores send, and started again on the same data: what
 * was answered with 200 is there, each event once, and no process is left behind.
 */
class DemoCrashIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String SOURCE = "/pos/ledger";
  private static final int BATCH = 50;
  private static final String STORE = "LEDGER";
  private static final int MOST = 10_000;

  /** Batches answered before the kill; the next ones are under way when it comes. */
  private static final int BEFORE = 40;

  @TempDir private Path home;

  private final NavigableSet<Integer> acknowledged = new ConcurrentSkipListSet<>();
  private final CountDownLatch underWay = new CountDownLatch(BEFORE);
  private final AtomicBoolean ended = new AtomicBoolean();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  @Test
  void whatWasAnsweredWith200IsThereOnceAfterTheConsoleWasKilled() throws Exception {
    try (DemoProcess demo =
        new DemoProcess(home, Map.of(), "--stores", "5", "--history", "10m", "--rate", "1")) {
      demo.awaitReady();
      Thread sender = Thread.ofVirtual().name("ledger").start(() -> send(demo.messageEvents()));
      underWay.await();
      demo.kill();
      ended.set(true);
      sender.join();
      assertThat(acknowledged).as("batches answered").hasSizeGreaterThanOrEqualTo(BEFORE);

      demo.startAgain();
      demo.awaitReady();
      assertThat(demo.lines()).as("the second start").noneMatch(l -> l.contains("refused"));

      Awaitility.await("every acknowledged event in the storage")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () ->
                  assertThat(countById(demo.elasticsearch()).keySet())
                      .containsAll(
                          acknowledged.stream()
                              .flatMap(DemoCrashIT::idsOf)
                              .collect(Collectors.toSet())));
      assertThat(countById(demo.elasticsearch()).values())
          .as("times an event stands there")
          .allMatch(times -> times == 1);
      assertThat(demo.stop()).as("exit code after SIGTERM").isIn(0, 143);
    }
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
