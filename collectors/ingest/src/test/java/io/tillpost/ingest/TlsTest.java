package io.tillpost.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.TlsKeyPair;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc.TraceServiceBlockingStub;
import io.tillpost.ingest.IngestProperties.SenderProperties;
import io.tillpost.ingest.IngestProperties.Tls;
import io.tillpost.ingest.receive.RevocationList;
import io.tillpost.store.ConfiguredSenders;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents;
import io.tillpost.store.IngestSender;
import io.tillpost.store.RefusalReason;
import io.tillpost.store.Refusals;
import io.tillpost.store.SenderCertificate;
import io.tillpost.store.SenderKey;
import io.tillpost.store.SenderUse;
import io.tillpost.store.memory.InMemoryStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.util.unit.DataSize;

/** Ports that speak TLS, and senders that are known by their certificates. */
@Execution(ExecutionMode.CONCURRENT)
class TlsTest {
  private static final TlsKeyPair SERVER = TlsKeyPair.ofSelfSigned("localhost");
  private static final TlsKeyPair STORE = TlsKeyPair.ofSelfSigned("store-0412.example");
  private static final TlsKeyPair NOBODY = TlsKeyPair.ofSelfSigned("nobody.example");
  private static final TlsKeyPair UNTRUSTED = TlsKeyPair.ofSelfSigned("store-0412.example");

  private static final Set<RefusalReason> REASONS =
      Set.of(RefusalReason.REPLACED_CERTIFICATE, RefusalReason.REMOVED_CERTIFICATE);

  @TempDir private static Path directory;
  private static TestIngest ingest;

  @BeforeAll
  static void start() {
    ingest = TestIngest.start(config("log", tls(false)), new InMemoryStores());
  }

  @AfterAll
  static void stop() {
    ingest.close();
  }

  private static Tls tls(boolean require) {
    return new Tls(
        pem("server.pem", SERVER),
        keyPem("server.key", SERVER),
        pem("clients.pem", STORE, NOBODY),
        null,
        require);
  }

  private static IngestProperties config(String log, Tls tls) {
    return config(log, tls, List.of("store-0412.example"));
  }

  private static IngestProperties config(String log, Tls tls, List<String> certificates) {
    IngestProperties plain =
        TestIngest.config(directory.resolve(log), "127.0.0.1", DataSize.ofMegabytes(64), List.of());
    SenderProperties store =
        new SenderProperties(
            List.of(SendersTest.hash("secret")), certificates, List.of("0412"), null, null);
    return new IngestProperties(
        true,
        plain.host(),
        0,
        0,
        plain.log(),
        tls,
        plain.maxRequestSize(),
        plain.maxGrpcMessageSize(),
        List.of(),
        Map.of("store-0412", store),
        null,
        Map.of(),
        500,
        plain.clockSkew(),
        plain.retention(),
        plain.drainTimeout(),
        null);
  }

  private static Path pem(String name, TlsKeyPair... pairs) {
    return write(
        name,
        Arrays.stream(pairs)
            .map(
                pair -> {
                  try {
                    return block("CERTIFICATE", pair.certificateChain().getFirst().getEncoded());
                  } catch (CertificateEncodingException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .collect(Collectors.joining()));
  }

  private static Path keyPem(String name, TlsKeyPair pair) {
    return write(name, block("PRIVATE KEY", pair.privateKey().getEncoded()));
  }

  private static String block(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), kind);
  }

  private static Path write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text, US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ClientFactory client(TlsKeyPair... own) {
    ClientFactoryBuilder builder =
        ClientFactory.builder()
            .tlsCustomizer(tls -> tls.trustManager(SERVER.certificateChain().getFirst()));
    for (TlsKeyPair pair : own) {
      builder.tls(pair);
    }
    return builder.build();
  }

  private static AggregatedHttpResponse send(
      TestIngest to, ClientFactory client, String store, String... headers) {
    var request =
        RequestHeaders.builder(HttpMethod.POST, "/v1/message-events")
            .add("content-type", "application/cloudevents+json");
    for (int i = 0; i < headers.length; i += 2) {
      request.add(headers[i], headers[i + 1]);
    }
    return WebClient.builder("https://localhost:" + to.collector().httpPort())
        .factory(client)
        .build()
        .blocking()
        .execute(
            request.build(),
            """
            {"specversion":"1.0","type":"io.tillpost.message-event.v1","id":"1","source":"/pos/%1$s",
             "subject":"sale-%1$s","time":"%2$s",
             "data":{"stage":"CAPTURED","workflow":"sales-posting","capturedAt":"%2$s","storeId":"%1$s",
                     "amount":{"minor":100,"currency":"EUR"}}}
            """
                .formatted(store, java.time.Instant.now()));
  }

  @Test
  void whoShowsACertificateWithAConfiguredNameIsThatSender() {
    try (ClientFactory store = client(STORE)) {
      assertThat(send(ingest, store, "0412").status().code()).isEqualTo(200);
      AggregatedHttpResponse other = send(ingest, store, "0999");
      assertThat(other.status().code()).isEqualTo(400);
      assertThat(other.contentUtf8()).contains("is not a store that this key may send for");
    }
  }

  @Test
  void aCertificateWithoutAConfiguredNameNeedsAKey() {
    try (ClientFactory nobody = client(NOBODY)) {
      AggregatedHttpResponse refused = send(ingest, nobody, "0412");
      assertThat(refused.status().code()).isEqualTo(401);
      assertThat(refused.contentUtf8()).contains("or a client certificate of a known sender");
      assertThat(send(ingest, nobody, "0412", "authorization", "Bearer secret").status().code())
          .isEqualTo(200);
    }
  }

  @Test
  void aWrongKeyIsRefusedWhateverTheCertificate() {
    try (ClientFactory store = client(STORE)) {
      assertThat(send(ingest, store, "0412", "authorization", "Bearer wrong").status().code())
          .isEqualTo(401);
    }
  }

  @Test
  void aCertificateOfNoTrustedAuthorityGetsNoConnection() {
    try (ClientFactory untrusted = client(UNTRUSTED)) {
      assertThatThrownBy(() -> send(ingest, untrusted, "0412"))
          .isInstanceOf(UnprocessedRequestException.class);
    }
  }

  @Test
  void aCertificateIsKnownByItsFingerprintTooAsOpenSslPrintsIt() {
    String printed =
        fingerprint(NOBODY)
            .substring("sha256:".length())
            .toUpperCase(Locale.ROOT)
            .replaceAll("(..)(?!$)", "$1:");
    try (TestIngest pinned =
            TestIngest.start(
                config("pinned", tls(false), List.of("sha256 Fingerprint=" + printed)),
                new InMemoryStores());
        ClientFactory nobody = client(NOBODY);
        ClientFactory store = client(STORE)) {
      assertThat(send(pinned, nobody, "0412").status().code()).isEqualTo(200);
      assertThat(send(pinned, store, "0412").status().code()).isEqualTo(401);
    }
  }

  @Test
  void aCertificateOfTheConsoleIsTakenIntoUseReplacedAndRemovedOnOpenConnections() {
    InMemoryStores stores = new InMemoryStores();
    Documents<IngestSender> senders = stores.documents().of(IngestSender.DOCUMENTS);
    SenderCertificate named = certificate("store-0412.example");
    IngestSender made =
        IngestSender.made(
                "store-0413",
                new IngestSender.Bounds(List.of("0413"), null, null),
                SenderKey.made("k", SendersTest.hash("k").substring(7), Instant.now(), "admin"))
            .certified(named)
            .orElseThrow();
    senders.put("store-0413", made);
    try (TestIngest console = TestIngest.start(config("console", tls(false), List.of()), stores);
        ClientFactory store = client(STORE);
        ClientFactory nobody = client(NOBODY)) {
      assertThat(send(console, store, "0413").status().code()).isEqualTo(200);
      assertThat(send(console, store, "0412").contentUtf8())
          .contains("is not a store that this key may send for");
      assertThat(send(console, nobody, "0413").status().code()).isEqualTo(401);
      await().until(() -> uses(stores).contains("store-0413 " + named.id()));

      IngestSender replaced =
          made.replaced(named.id(), certificate(fingerprint(NOBODY)), Duration.ZERO).orElseThrow();
      senders.put("store-0413", replaced);
      await().until(() -> send(console, nobody, "0413").status().code() == 200);
      AggregatedHttpResponse old = send(console, store, "0413");
      assertThat(old.status().code()).isEqualTo(401);
      assertThat(old.contentUtf8()).contains("This client certificate was replaced");
      assertThat(grpc(console, nobody).export(ExportTraceServiceRequest.getDefaultInstance()))
          .isNotNull();

      String id = certificate(fingerprint(NOBODY)).id();
      senders.put("store-0413", replaced.decertified(id, Instant.now()).orElseThrow());
      await()
          .until(
              () ->
                  send(console, nobody, "0413")
                      .contentUtf8()
                      .contains("This client certificate was removed"));
      assertThatThrownBy(
              () -> grpc(console, nobody).export(ExportTraceServiceRequest.getDefaultInstance()))
          .hasMessageContaining("was removed");
      // The key beside it is as good as before.
      assertThat(send(console, nobody, "0413", "authorization", "Bearer k").status().code())
          .isEqualTo(200);
      await().until(() -> refused(stores, "store-0413").containsAll(REASONS));
    }
  }

  @Test
  void ofTwoSendersWithOneCertificateTheFirstHasItUntilItLosesIt() {
    InMemoryStores stores = new InMemoryStores();
    Documents<IngestSender> senders = stores.documents().of(IngestSender.DOCUMENTS);
    SenderCertificate first = certificate("store-0412.example");
    IngestSender one = of("one", "0412").certified(first).orElseThrow();
    senders.put("one", one);
    senders.put(
        "another", of("another", "0413").certified(certificate(first.mark())).orElseThrow());
    try (TestIngest console = TestIngest.start(config("two", tls(false), List.of()), stores);
        ClientFactory store = client(STORE)) {
      assertThat(send(console, store, "0412").status().code()).isEqualTo(200);
      assertThat(send(console, store, "0413").status().code()).isEqualTo(400);
      senders.put("one", one.decertified(first.id(), Instant.now()).orElseThrow());
      await().until(() -> send(console, store, "0413").status().code() == 200);
    }
  }

  @Test
  void beforeTheConsolesSendersAreKnownACertificateIsToldToComeBack() {
    InMemoryStores stores = new InMemoryStores();
    stores.breakDown("away");
    try (TestIngest console = TestIngest.start(config("early", tls(false), List.of()), stores);
        ClientFactory store = client(STORE);
        ClientFactory nobody = client()) {
      assertThat(send(console, store, "0412").status().code()).isEqualTo(503);
      assertThat(send(console, nobody, "0412").status().code()).isEqualTo(401);
      stores.recover();
    }
  }

  @Test
  void theConsoleIsToldWhoIsConfigured() {
    InMemoryStores stores = new InMemoryStores();
    List<String> certificates =
        List.of("store-0412.example", fingerprint(NOBODY).toUpperCase(Locale.ROOT));
    try (TestIngest _ = TestIngest.start(config("told", tls(false), certificates), stores)) {
      var told = stores.documents().of(ConfiguredSenders.DOCUMENTS);
      await()
          .untilAsserted(
              () ->
                  assertThat(told.find(DocumentQuery.ALL).items())
                      .flatExtracting(found -> found.value().senders())
                      .containsExactly(
                          new ConfiguredSenders.One(
                              "store-0412",
                              new IngestSender.Bounds(List.of("0412"), null, null),
                              1,
                              List.of("store-0412.example", fingerprint(NOBODY)))));
    }
  }

  @Test
  void whatItsAuthorityHasRevokedLetsNobodyInAndOthersNoticeNothing() {
    Tls plain = tls(false);
    Path list = write("revoked.crl", RevocationList.of(STORE).revoking(STORE).pem());
    Tls revoking = new Tls(plain.certificate(), plain.key(), plain.clientCa(), list, false);
    InMemoryStores stores = new InMemoryStores();
    try (TestIngest strict = TestIngest.start(config("revoked", revoking), stores);
        ClientFactory store = client(STORE);
        ClientFactory nobody = client(NOBODY);
        ClientFactory without = client()) {
      AggregatedHttpResponse refused = send(strict, store, "0412");
      assertThat(refused.status().code()).isEqualTo(401);
      assertThat(refused.contentUtf8()).contains("was revoked by its authority");
      assertThat(send(strict, store, "0412", "authorization", "Bearer secret").status().code())
          .as("whatever else it shows")
          .isEqualTo(401);
      assertThatThrownBy(
              () -> grpc(strict, store).export(ExportTraceServiceRequest.getDefaultInstance()))
          .hasMessageContaining("was revoked by its authority");
      for (ClientFactory other : List.of(nobody, without)) {
        assertThat(send(strict, other, "0412", "authorization", "Bearer secret").status().code())
            .isEqualTo(200);
      }
      await()
          .until(() -> refused(stores, "store-0412").contains(RefusalReason.REVOKED_CERTIFICATE));
    }
  }

  private static IngestSender of(String name, String store) {
    return IngestSender.made(
        name,
        new IngestSender.Bounds(List.of(store), null, null),
        SenderKey.made(name, SendersTest.hash(name).substring(7), Instant.now(), "admin"));
  }

  private static SenderCertificate certificate(String mark) {
    return SenderCertificate.added(mark, Instant.now(), "admin");
  }

  private static String fingerprint(TlsKeyPair pair) {
    try {
      return SenderCertificate.fingerprint(pair.certificateChain().getFirst().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Set<String> uses(InMemoryStores stores) {
    return stores.documents().of(SenderUse.DOCUMENTS).find(DocumentQuery.ALL).items().stream()
        .flatMap(found -> found.value().uses().stream())
        .map(use -> use.sender() + " " + use.keyId())
        .collect(Collectors.toSet());
  }

  private static Set<RefusalReason> refused(InMemoryStores stores, String sender) {
    return stores.documents().of(Refusals.DOCUMENTS).find(DocumentQuery.ALL).items().stream()
        .flatMap(found -> found.value().lines().stream())
        .filter(line -> line.sender().equals(sender))
        .map(Refusals.Line::reason)
        .collect(Collectors.toSet());
  }

  @Test
  void grpcKnowsCertificatesToo() {
    try (ClientFactory store = client(STORE);
        ClientFactory nobody = client()) {
      assertThat(grpc(ingest, store).export(ExportTraceServiceRequest.getDefaultInstance()))
          .isNotNull();
      assertThatThrownBy(
              () -> grpc(ingest, nobody).export(ExportTraceServiceRequest.getDefaultInstance()))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
    }
  }

  private static TraceServiceBlockingStub grpc(TestIngest to, ClientFactory client) {
    return GrpcClients.builder("gproto+https://localhost:" + to.collector().grpcPort())
        .factory(client)
        .build(TraceServiceBlockingStub.class);
  }

  @Test
  void withoutACertificateThereIsNoConnectionWhereOneIsRequired() {
    try (TestIngest strict = TestIngest.start(config("strict", tls(true)), new InMemoryStores());
        ClientFactory nobody = client();
        ClientFactory store = client(STORE)) {
      assertThatThrownBy(() -> send(strict, nobody, "0412", "authorization", "Bearer secret"))
          .isInstanceOf(UnprocessedRequestException.class);
      assertThat(send(strict, store, "0412").status().code()).isEqualTo(200);
    }
  }

  @Test
  void whatIsMissingOrUnreadableIsSaidAtTheStart() {
    Path nothing = directory.resolve("not-there.pem");
    Path server = pem("other.pem", SERVER);
    assertRefused(
        new Tls(server, null, null, null, false), "set both tillpost.ingest.tls.certificate");
    assertRefused(
        new Tls(null, null, null, null, true), "set both tillpost.ingest.tls.certificate");
    Path key = keyPem("other.key", SERVER);
    assertRefused(new Tls(server, key, null, null, true), "set tillpost.ingest.tls.client-ca");
    assertRefused(new Tls(server, nothing, null, null, false), "not-there.pem");
    assertRefused(new Tls(server, key, nothing, null, false), "not-there.pem");
    assertRefused(
        new Tls(server, key, write("empty.pem", ""), null, false), "holds no certificate");
    Path ofStore = keyPem("store.key", STORE);
    assertRefused(new Tls(server, ofStore, null, null, false), "do not belong together");
    Path clients = pem("authorities.pem", STORE);
    assertRefused(new Tls(server, key, null, nothing, false), "set tillpost.ingest.tls.client-ca");
    assertRefused(new Tls(server, key, clients, nothing, false), "client-revocations");
    assertRefused(new Tls(server, key, clients, write("no.crl", "x"), false), "no.crl");
  }

  private static void assertRefused(Tls tls, String words) {
    assertThatThrownBy(() -> TestIngest.start(config("refused", tls), new InMemoryStores()))
        .isInstanceOf(IngestStartException.class)
        .hasMessageContaining(words);
  }
}
