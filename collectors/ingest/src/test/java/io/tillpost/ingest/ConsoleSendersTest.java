package io.tillpost.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents;
import io.tillpost.store.IngestSender;
import io.tillpost.store.IngestSender.Bounds;
import io.tillpost.store.RefusalReason;
import io.tillpost.store.Refusals;
import io.tillpost.store.SenderKey;
import io.tillpost.store.SenderUse;
import io.tillpost.store.memory.InMemoryStores;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.util.unit.DataSize;

/** Senders that an administrator makes while ingest runs. */
@Execution(ExecutionMode.CONCURRENT)
class ConsoleSendersTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final InMemoryStores stores = new InMemoryStores();
  private final Documents<IngestSender> senders = stores.documents().of(IngestSender.DOCUMENTS);
  private TestIngest ingest;

  private static SenderKey key(String key) {
    return SenderKey.made(key, SendersTest.hash(key).substring(7), Instant.now(), "admin");
  }

  private void start(Boolean requireKey) {
    ingest =
        TestIngest.start(
            TestIngest.config(
                directory, "127.0.0.1", DataSize.ofMegabytes(16), List.of(), requireKey),
            stores);
  }

  @AfterEach
  void stop() {
    ingest.close();
  }

  private HttpResponse<String> send(String key, String id) {
    return ingest.post(
        "/v1/message-events",
        "application/cloudevents+json",
        MessageEventEndpointTest.event(id).getBytes(UTF_8),
        "Authorization",
        "Bearer " + key);
  }

  private void awaitStatus(String key, int status) {
    await().atMost(LONG).until(() -> send(key, "e1").statusCode() == status);
  }

  private Stream<Refusals.Line> refusals() {
    return stores.documents().of(Refusals.DOCUMENTS).find(DocumentQuery.ALL).items().stream()
        .flatMap(found -> found.value().lines().stream());
  }

  private void awaitRefusal(String sender, RefusalReason reason) {
    await()
        .atMost(LONG)
        .until(
            () ->
                refusals()
                    .anyMatch(line -> line.sender().equals(sender) && line.reason() == reason));
  }

  @Test
  void aKeyIsTakenIntoUseRotatedAndRevokedWithoutARestart() {
    start(true);
    assertThat(send("first", "e1").statusCode()).isEqualTo(401);
    awaitRefusal("127.0.0.1", RefusalReason.UNKNOWN_KEY);

    IngestSender made = IngestSender.made("store-0412", Bounds.NONE, key("first"));
    senders.put("store-0412", made);
    awaitStatus("first", 200);
    await()
        .atMost(LONG)
        .until(
            () ->
                stores.documents().of(SenderUse.DOCUMENTS).find(DocumentQuery.ALL).items().stream()
                    .flatMap(found -> found.value().uses().stream())
                    .anyMatch(
                        use -> use.sender().equals("store-0412") && use.keyId().equals("first")));

    IngestSender rotated = made.rotated(key("second"), Duration.ofDays(1)).orElseThrow();
    senders.put("store-0412", rotated);
    awaitStatus("second", 200);
    assertThat(send("first", "e1").statusCode()).isEqualTo(200);

    senders.put("store-0412", rotated.revoked("first", Instant.now()).orElseThrow());
    awaitStatus("first", 401);
    assertThat(send("first", "e1").body()).contains("This key was revoked");
    assertThat(send("second", "e1").statusCode()).isEqualTo(200);
    awaitRefusal("store-0412", RefusalReason.REVOKED_KEY);
  }

  @Test
  void aKeyThatWasReplacedIsRefusedOnceTheOverlapIsOver() {
    IngestSender made = IngestSender.made("store-0412", Bounds.NONE, key("first"));
    senders.put("store-0412", made.rotated(key("second"), Duration.ZERO).orElseThrow());
    start(true);
    assertThat(send("first", "e1").body()).contains("This key was replaced by a newer one");
    assertThat(send("second", "e1").statusCode()).isEqualTo(200);
    awaitRefusal("store-0412", RefusalReason.EXPIRED_KEY);
  }

  @Test
  void boundsHoldAndWhatIsRefusedIsToldByReason() {
    senders.put(
        "store-0413",
        IngestSender.made("store-0413", new Bounds(List.of("0413"), 1L, null), key("k")));
    start(null);
    assertThat(send("k", "e1").body()).contains("is not a store that this key may send for");
    awaitRefusal("store-0413", RefusalReason.OTHER_STORE);
    await().atMost(LONG).until(() -> send("k", "e1").statusCode() == 429);
    awaitRefusal("store-0413", RefusalReason.OVER_QUOTA);
    // Without a key that has to be shown, whoever shows none is let in as before.
    assertThat(send("nobody's", "e2").statusCode()).isEqualTo(200);
  }

  @Test
  void timesAndContentThatAreRefusedAreToldApart() {
    start(null);
    String event = MessageEventEndpointTest.event("e1");
    for (String wrong :
        List.of(event.replace("FAILED", "ODD"), event.replaceAll("\"time\":\"2", "\"time\":\"3"))) {
      assertThat(
              ingest
                  .post("/v1/message-events", "application/cloudevents+json", wrong.getBytes(UTF_8))
                  .statusCode())
          .isEqualTo(400);
    }
    awaitRefusal("everybody", RefusalReason.INVALID);
    awaitRefusal("everybody", RefusalReason.CLOCK);
    ingest.post("/v1/message-events", "application/cloudevents+json", "{".getBytes(UTF_8));
    awaitRefusal("everybody", RefusalReason.UNREADABLE);
  }

  @Test
  void keysAreKnownAfterARestartWhileTheStoreIsAway() {
    senders.put("middleware", IngestSender.made("middleware", Bounds.NONE, key("k")));
    start(true);
    awaitStatus("k", 200);
    ingest.close();
    stores.breakDown("away");
    start(true);
    assertThat(send("k", "e2").statusCode()).isEqualTo(200);
    assertThat(send("other", "e2").statusCode()).isEqualTo(401);
    stores.recover();
  }

  @Test
  void beforeTheKeysAreKnownNobodyIsToldThatItsKeyIsWrong() {
    stores.breakDown("away");
    start(true);
    HttpResponse<String> answer = send("k", "e1");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).isPresent();
    stores.recover();
    awaitStatus("k", 401);
  }
}
