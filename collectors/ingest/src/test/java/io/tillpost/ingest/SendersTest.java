package io.tillpost.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.rpc.RetryInfo;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc.TraceServiceBlockingStub;
import io.opentelemetry.proto.trace.v1.Span;
import io.tillpost.ingest.IngestProperties.SenderProperties;
import io.tillpost.message.MessageId;
import io.tillpost.store.memory.InMemoryStores;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.util.unit.DataSize;

/** Senders with keys, bound to stores and to quotas. */
@Execution(ExecutionMode.CONCURRENT)
class SendersTest {
  private static final String TRACE = "33333333333333333333333333333333";

  @TempDir Path directory;
  private final InMemoryStores stores = new InMemoryStores();
  private TestIngest ingest;

  static String hash(String key) {
    try {
      return "sha256:"
          + HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SenderProperties sender(
      List<String> keys, List<String> stores, Long events, DataSize bytes) {
    return new SenderProperties(
        keys.stream().map(SendersTest::hash).toList(), List.of(), stores, events, bytes);
  }

  @BeforeEach
  void start() {
    ingest =
        TestIngest.start(
            config(
                directory,
                Map.of(
                    "store-0412", sender(List.of("old", "new"), List.of("0412"), null, null),
                    "store-0413", sender(List.of("other"), List.of("0413"), null, null),
                    "middleware", sender(List.of("all"), List.of(), null, null),
                    "loud", sender(List.of("loud"), List.of(), 2L, null),
                    "fat", sender(List.of("fat"), List.of(), null, DataSize.ofBytes(200)))),
            stores);
  }

  private static IngestProperties config(Path log, Map<String, SenderProperties> senders) {
    return new IngestProperties(
        true,
        "127.0.0.1",
        0,
        0,
        IngestProperties.Log.onDisk(log, DataSize.ofMegabytes(64)),
        IngestProperties.Tls.OFF,
        DataSize.ofMegabytes(1),
        DataSize.ofKilobytes(256),
        List.of(),
        senders,
        null,
        Map.of(),
        500,
        Duration.ofMinutes(10),
        Duration.ofDays(30),
        Duration.ofSeconds(5),
        null);
  }

  @AfterEach
  void stop() {
    ingest.close();
  }

  private HttpResponse<String> post(String key, String path, String type, String body) {
    return ingest.post(path, type, body.getBytes(UTF_8), "Authorization", "Bearer " + key);
  }

  private HttpResponse<String> event(String key, String body) {
    return post(key, "/v1/message-events", "application/cloudevents+json", body);
  }

  @Test
  void bothKeysOfASenderAreValidWhileTheyAreChangedAndNoOther() {
    String event = MessageEventEndpointTest.event("e1");
    assertThat(event("old", event).statusCode()).isEqualTo(200);
    assertThat(event("new", event).statusCode()).isEqualTo(200);
    assertThat(event("older", event).statusCode()).isEqualTo(401);
    assertThat(event("", event).statusCode()).isEqualTo(401);
    await().until(() -> stores.messages().events(new MessageId("sale-e1")).size() == 1);
  }

  @Test
  void anEventForAnotherStoreIsRefusedAndNothingOfItIsStored() {
    String event = MessageEventEndpointTest.event("e2");
    HttpResponse<String> refused = event("other", event);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("data.storeId: is not a store that this key may send for");
    HttpResponse<String> storeless = event("other", event.replace("\"storeId\":\"0412\",", ""));
    assertThat(storeless.body())
        .contains("data.storeId: is missing, and this key is for some stores only");
    assertThat(event("all", MessageEventEndpointTest.event("e3")).statusCode()).isEqualTo(200);
    await().until(() -> stores.messages().find(new MessageId("sale-e3")).isPresent());
    assertThat(stores.messages().find(new MessageId("sale-e2"))).isEmpty();
  }

  @Test
  void inABatchOnlyTheEventsOfOtherStoresAreRefused() {
    String own = MessageEventEndpointTest.event("e4").replace("\"0412\"", "\"0413\"");
    HttpResponse<String> answer =
        post(
            "other",
            "/v1/message-events",
            "application/cloudevents-batch+json",
            "[" + own + "," + MessageEventEndpointTest.event("e5") + "]");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"accepted\":1").contains("\"index\":1");
  }

  @Test
  void logRecordsAndSpansOfAnotherStoreAreRefusedToo() {
    String logs =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"eventName":"tillpost.message",
        "timeUnixNano":"%d000000","attributes":[
        {"key":"messaging.message.id","value":{"stringValue":"m"}},
        {"key":"tillpost.stage","value":{"stringValue":"CAPTURED"}},
        {"key":"tillpost.workflow","value":{"stringValue":"returns"}},
        {"key":"tillpost.captured_at","value":{"stringValue":"%s"}},
        {"key":"tillpost.store.id","value":{"stringValue":"0412"}}]}]}]}]}"""
            .formatted(System.currentTimeMillis(), java.time.Instant.now());
    assertThat(post("other", "/v1/logs", "application/json", logs).body())
        .contains("tillpost.store.id: is not a store that this key may send for");
    assertThat(post("new", "/v1/logs", "application/json", logs).body()).isEqualTo("{}");

    Span.Builder span = OtlpHttpTest.span(TRACE).toBuilder();
    var without = grpc("other").export(OtlpHttpTest.request(span.build()));
    assertThat(without.hasPartialSuccess()).isFalse();
    span.addAttributesBuilder()
        .setKey("tillpost.store.id")
        .getValueBuilder()
        .setStringValue("0412");
    var refused = grpc("other").export(OtlpHttpTest.request(span.build())).getPartialSuccess();
    assertThat(refused.getRejectedSpans()).isEqualTo(1);
    assertThat(refused.getErrorMessage()).contains("tillpost.store.id");
    assertThat(grpc("new").export(OtlpHttpTest.request(span.build())).hasPartialSuccess())
        .isFalse();
  }

  private TraceServiceBlockingStub grpc(String key) {
    return GrpcClients.builder("gproto+http://127.0.0.1:" + ingest.collector().grpcPort() + "/")
        .addHeader("authorization", "Bearer " + key)
        .build(TraceServiceBlockingStub.class);
  }

  @Test
  void whoSendsMoreEventsThanItsQuotaWaitsAndNobodyElseDoes() throws Exception {
    String event = MessageEventEndpointTest.event("e6");
    int accepted = 0;
    HttpResponse<String> answer = event("loud", event);
    while (answer.statusCode() == 200 && accepted < 1_000) {
      accepted++;
      answer = event("loud", event);
    }
    // Ten seconds of two events each, and what a slow machine lets come in between.
    assertThat(accepted).isBetween(20, 999);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("The quota of 'loud' is used up");
    assertThat(Long.parseLong(answer.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(1L, 10L);
    assertThat(event("all", event).statusCode()).isEqualTo(200);

    String many = event.strip();
    String batch = "[" + String.join(",", java.util.Collections.nCopies(100, many)) + "]";
    await()
        .until(
            () ->
                post("loud", "/v1/message-events", "application/cloudevents-batch+json", batch)
                        .statusCode()
                    == 200);
    var refusal =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> grpc("loud").export(OtlpHttpTest.request(OtlpHttpTest.span(TRACE))));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    RetryInfo retry = StatusProto.fromThrowable(refusal).getDetails(0).unpack(RetryInfo.class);
    assertThat(retry.getRetryDelay().getSeconds()).isBetween(10L, 60L);
  }

  @Test
  void whoSendsMoreBytesThanItsQuotaWaitsTooEvenIfTheyAreRefused() {
    String large = "x".repeat(100_000);
    assertThat(event("fat", large).statusCode()).isEqualTo(400);
    assertThat(event("fat", large).statusCode()).isEqualTo(429);
  }

  @Test
  void twoSendersWithOneKeyAreAMistakeOfTheConfiguration() {
    IngestProperties config =
        config(
            directory.resolve("other"),
            Map.of(
                "a", sender(List.of("k"), List.of("0412"), null, null),
                "b", sender(List.of("k"), List.of(), null, null)));
    assertThatThrownBy(() -> TestIngest.start(config, stores))
        .isInstanceOf(IngestStartException.class)
        .hasMessageContaining("have the same key");
  }
}
