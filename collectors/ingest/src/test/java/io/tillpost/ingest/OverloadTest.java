package io.tillpost.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc.TraceServiceBlockingStub;
import io.tillpost.ingest.receive.ApiKeys;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.message.MessageId;
import io.tillpost.store.IngestProcess.State;
import io.tillpost.store.memory.InMemoryStores;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class OverloadTest {
  private static final String EVENTS = "/v1/message-events";
  private static final String SINGLE = "application/cloudevents+json";
  private static final String TRACE = "22222222222222222222222222222222";

  @TempDir Path directory;

  private static TraceServiceBlockingStub grpc(TestIngest ingest) {
    return GrpcClients.newClient(
        "gproto+http://127.0.0.1:" + ingest.collector().grpcPort() + "/",
        TraceServiceBlockingStub.class);
  }

  @Test
  void aFullLogTurnsSendersAwayUntilTheStoreIsBack() throws Exception {
    InMemoryStores stores = new InMemoryStores();
    stores.breakDown("away");
    try (TestIngest ingest =
        TestIngest.start(directory, stores, DataSize.ofKilobytes(20), List.of())) {
      int accepted = 0;
      var answer = post(ingest, accepted);
      while (answer.statusCode() == 200) {
        accepted++;
        answer = post(ingest, accepted);
      }
      assertThat(accepted).isGreaterThan(10);
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(Long.parseLong(answer.headers().firstValue("retry-after").orElseThrow()))
          .isBetween(1L, 15L);
      String big = "x".repeat(20_000);
      var span = OtlpHttpTest.span(TRACE).toBuilder();
      span.addAttributesBuilder().setKey("big").getValueBuilder().setStringValue(big);
      var refusal =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> grpc(ingest).export(OtlpHttpTest.request(span.build(), span.build())));
      assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      RetryInfo retry = StatusProto.fromThrowable(refusal).getDetails(0).unpack(RetryInfo.class);
      assertThat(retry.getRetryDelay().getSeconds()).isBetween(1L, 15L);
      assertTurnedAwayUnread(ingest);
      await().until(() -> ingest.collector().progress().get().state() != State.RUNNING);

      stores.recover();
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> ingest.collector().progress().get().backlog() == 0);
      assertThat(post(ingest, 10_000).statusCode()).isEqualTo(200);
      assertThat(ingest.post("/v1/traces", "application/x-protobuf", new byte[60_000]).statusCode())
          .as("what was turned away unread is read again")
          .isEqualTo(400);
      for (int i = 0; i < accepted; i++) {
        assertThat(stores.messages().find(new MessageId("sale-e" + i))).isPresent();
      }
    }
  }

  /** In its own protocol, each at another time, and nothing that is not even readable is read. */
  private static void assertTurnedAwayUnread(TestIngest ingest)
      throws InvalidProtocolBufferException {
    byte[] unreadable = new byte[60_000];
    Set<String> waits = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      var answer =
          ingest.send(
              HttpRequest.newBuilder(ingest.collector().http().resolve("/v1/traces"))
                  .header("Content-Type", "application/x-protobuf")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(unreadable))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(429);
      com.google.rpc.Status status = com.google.rpc.Status.parseFrom(answer.body());
      assertThat(status.getCode()).isEqualTo(com.google.rpc.Code.UNAVAILABLE_VALUE);
      assertThat(status.getMessage()).isEqualTo("The ingest log is full");
      waits.add(answer.headers().firstValue("retry-after").orElseThrow());
    }
    assertThat(waits).hasSizeGreaterThan(3);
    var json = ingest.post("/v1/logs", "application/json", unreadable);
    assertThat(json.statusCode()).isEqualTo(429);
    assertThat(json.body()).contains("\"code\":14", "The ingest log is full");
    assertThat(json.headers().firstValue("retry-after")).isPresent();
  }

  private static HttpResponse<String> post(TestIngest ingest, int number) {
    return ingest.post(
        EVENTS, SINGLE, MessageEventEndpointTest.event("e" + number).getBytes(UTF_8));
  }

  @Test
  void whatTheStoreRefusesIsParkedAndCounted() {
    InMemoryStores stores = new InMemoryStores();
    stores.refuse(
        new io.tillpost.message.EventId("/middleware/erp-adapter", "e1").documentId(), "odd");
    try (TestIngest ingest = TestIngest.start(directory, stores)) {
      for (int i = 0; i < 3; i++) {
        assertThat(post(ingest, i).statusCode()).isEqualTo(200);
      }
      String wrong = MessageEventEndpointTest.event("e9").replace("FAILED", "ODD");
      ingest.post(EVENTS, SINGLE, wrong.getBytes(UTF_8));
      await().until(() -> ingest.collector().progress().get().backlog() == 0);
      await().until(() -> ingest.collector().progress().get().storedTotal() == 2);
      var progress = ingest.collector().progress().orElseThrow();
      assertThat(progress.parkedTotal()).isEqualTo(1);
      assertThat(progress.rejectedTotal()).isEqualTo(1);
      assertThat(progress.acceptedTotal()).isEqualTo(3);
    }
  }

  @Test
  void withKeysOnlyTheirHoldersMaySend() throws Exception {
    String hash =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest("k".getBytes(UTF_8)));
    try (TestIngest ingest =
        TestIngest.start(
            directory, new InMemoryStores(), DataSize.ofMegabytes(1), List.of("sha256:" + hash))) {
      byte[] event = MessageEventEndpointTest.event("e1").getBytes(UTF_8);
      assertThat(ingest.post(EVENTS, SINGLE, event).statusCode()).isEqualTo(401);
      assertThat(ingest.post(EVENTS, SINGLE, event, "Authorization", "Bearer x").statusCode())
          .isEqualTo(401);
      assertThat(ingest.post(EVENTS, SINGLE, event, "Authorization", "Bearer k").statusCode())
          .isEqualTo(200);
      assertThatThrownBy(() -> grpc(ingest).export(OtlpHttpTest.request(OtlpHttpTest.span(TRACE))))
          .hasMessageContaining("UNAUTHENTICATED");
    }
  }

  @Test
  void tooLargeGrpcMessagesAreRefused() {
    try (TestIngest ingest = TestIngest.start(directory, new InMemoryStores())) {
      var span = OtlpHttpTest.span(TRACE).toBuilder().setName("x".repeat(300_000)).build();
      assertThatThrownBy(() -> grpc(ingest).export(OtlpHttpTest.request(span)))
          .hasMessageContaining("RESOURCE_EXHAUSTED")
          .hasMessageContaining("larger than 262144 bytes");
      // Small as it comes; it is too much once it is unpacked.
      assertThatThrownBy(
              () -> grpc(ingest).withCompression("gzip").export(OtlpHttpTest.request(span)))
          .hasMessageContaining("RESOURCE_EXHAUSTED");
      assertThat(grpc(ingest).export(OtlpHttpTest.request()).hasPartialSuccess()).isFalse();
    }
  }

  @Test
  void aProblemOfStartingIsOneSentence() {
    var open = TestIngest.config(directory, "0.0.0.0", DataSize.ofMegabytes(1), List.of());
    Collector collector =
        new Collector(
            open,
            new InMemoryStores(),
            new io.micrometer.core.instrument.simple.SimpleMeterRegistry(),
            io.opentelemetry.api.OpenTelemetry.noop(),
            java.time.Clock.systemUTC());
    assertThatThrownBy(collector::start)
        .isInstanceOf(IngestStartException.class)
        .hasMessageContaining("set tillpost.ingest.api-keys");
    assertThatThrownBy(
            () ->
                ApiKeys.of(
                    Map.of(Sender.unbound("x"), List.of("plain")),
                    Map.of(),
                    false,
                    io.tillpost.ingest.receive.Revocations.NONE,
                    java.time.Clock.systemUTC()))
        .hasMessageContaining("sha256:");
    try (TestIngest _ = TestIngest.start(directory, new InMemoryStores())) {
      assertThatThrownBy(() -> TestIngest.start(directory, new InMemoryStores()))
          .isInstanceOf(IngestStartException.class)
          .hasMessageContaining("used by another process");
    }
  }
}
