package io.tillpost.ingest;

import static io.tillpost.ingest.TlsParts.NOBODY;
import static io.tillpost.ingest.TlsParts.STORE;
import static io.tillpost.ingest.TlsParts.client;
import static io.tillpost.ingest.TlsParts.fingerprint;
import static io.tillpost.ingest.TlsParts.grpc;
import static io.tillpost.ingest.TlsParts.refused;
import static io.tillpost.ingest.TlsParts.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tillpost.ingest.IngestProperties.Tls;
import io.tillpost.ingest.receive.RevocationList;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents;
import io.tillpost.store.IngestSender;
import io.tillpost.store.RefusalReason;
import io.tillpost.store.SenderCertificate;
import io.tillpost.store.SenderKey;
import io.tillpost.store.SenderUse;
import io.tillpost.store.memory.InMemoryStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Client certificates that come and go while ingest runs. */
@Execution(ExecutionMode.CONCURRENT)
class CertificatesTest {
  private static final Set<RefusalReason> REASONS =
      Set.of(RefusalReason.REPLACED_CERTIFICATE, RefusalReason.REMOVED_CERTIFICATE);

  @TempDir private static Path directory;

  private final TlsParts parts = new TlsParts(directory);

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
    try (TestIngest console =
            TestIngest.start(parts.config("console", parts.tls(false), List.of()), stores);
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
    try (TestIngest console =
            TestIngest.start(parts.config("two", parts.tls(false), List.of()), stores);
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
    try (TestIngest console =
            TestIngest.start(parts.config("early", parts.tls(false), List.of()), stores);
        ClientFactory store = client(STORE);
        ClientFactory nobody = client()) {
      assertThat(send(console, store, "0412").status().code()).isEqualTo(503);
      assertThat(send(console, nobody, "0412").status().code()).isEqualTo(401);
      stores.recover();
    }
  }

  @Test
  void whatItsAuthorityHasRevokedLetsNobodyInAndOthersNoticeNothing() {
    Tls plain = parts.tls(false);
    Path list = parts.write("revoked.crl", RevocationList.of(STORE).revoking(STORE).pem());
    Tls revoking = new Tls(plain.certificate(), plain.key(), plain.clientCa(), list, false);
    InMemoryStores stores = new InMemoryStores();
    try (TestIngest strict = TestIngest.start(parts.config("revoked", revoking), stores);
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

  private static Set<String> uses(InMemoryStores stores) {
    return stores.documents().of(SenderUse.DOCUMENTS).find(DocumentQuery.ALL).items().stream()
        .flatMap(found -> found.value().uses().stream())
        .map(use -> use.sender() + " " + use.keyId())
        .collect(Collectors.toSet());
  }
}
