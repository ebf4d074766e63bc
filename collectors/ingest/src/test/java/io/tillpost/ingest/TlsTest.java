package io.tillpost.ingest;

import static io.tillpost.ingest.TlsParts.NOBODY;
import static io.tillpost.ingest.TlsParts.SERVER;
import static io.tillpost.ingest.TlsParts.STORE;
import static io.tillpost.ingest.TlsParts.UNTRUSTED;
import static io.tillpost.ingest.TlsParts.client;
import static io.tillpost.ingest.TlsParts.fingerprint;
import static io.tillpost.ingest.TlsParts.grpc;
import static io.tillpost.ingest.TlsParts.refused;
import static io.tillpost.ingest.TlsParts.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tillpost.ingest.IngestProperties.Tls;
import io.tillpost.store.ConfiguredSenders;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.IngestSender;
import io.tillpost.store.memory.InMemoryStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Ports that speak TLS, and senders that are known by their certificates. */
@Execution(ExecutionMode.CONCURRENT)
class TlsTest {
  @TempDir private static Path directory;
  private static TlsParts parts;
  private static TestIngest ingest;

  @BeforeAll
  static void start() {
    parts = new TlsParts(directory);
    ingest = TestIngest.start(parts.config("log", parts.tls(false)), new InMemoryStores());
  }

  @AfterAll
  static void stop() {
    ingest.close();
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
                parts.config("pinned", parts.tls(false), List.of("sha256 Fingerprint=" + printed)),
                new InMemoryStores());
        ClientFactory nobody = client(NOBODY);
        ClientFactory store = client(STORE)) {
      assertThat(send(pinned, nobody, "0412").status().code()).isEqualTo(200);
      assertThat(send(pinned, store, "0412").status().code()).isEqualTo(401);
    }
  }

  @Test
  void theConsoleIsToldWhoIsConfigured() {
    InMemoryStores stores = new InMemoryStores();
    List<String> certificates =
        List.of("store-0412.example", fingerprint(NOBODY).toUpperCase(Locale.ROOT));
    try (TestIngest _ =
        TestIngest.start(parts.config("told", parts.tls(false), certificates), stores)) {
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

  @Test
  void withoutACertificateThereIsNoConnectionWhereOneIsRequired() {
    try (TestIngest strict =
            TestIngest.start(parts.config("strict", parts.tls(true)), new InMemoryStores());
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
    Path server = parts.pem("other.pem", SERVER);
    assertRefused(
        new Tls(server, null, null, null, false), "set both tillpost.ingest.tls.certificate");
    assertRefused(
        new Tls(null, null, null, null, true), "set both tillpost.ingest.tls.certificate");
    Path key = parts.keyPem("other.key", SERVER);
    assertRefused(new Tls(server, key, null, null, true), "set tillpost.ingest.tls.client-ca");
    assertRefused(new Tls(server, nothing, null, null, false), "not-there.pem");
    assertRefused(new Tls(server, key, nothing, null, false), "not-there.pem");
    assertRefused(
        new Tls(server, key, parts.write("empty.pem", ""), null, false), "holds no certificate");
    Path ofStore = parts.keyPem("store.key", STORE);
    assertRefused(new Tls(server, ofStore, null, null, false), "do not belong together");
    Path clients = parts.pem("authorities.pem", STORE);
    assertRefused(new Tls(server, key, null, nothing, false), "set tillpost.ingest.tls.client-ca");
    assertRefused(new Tls(server, key, clients, nothing, false), "client-revocations");
    assertRefused(new Tls(server, key, clients, parts.write("no.crl", "x"), false), "no.crl");
  }

  private static void assertRefused(Tls tls, String words) {
    assertThatThrownBy(() -> TestIngest.start(parts.config("refused", tls), new InMemoryStores()))
        .isInstanceOf(IngestStartException.class)
        .hasMessageContaining(words);
  }
}
