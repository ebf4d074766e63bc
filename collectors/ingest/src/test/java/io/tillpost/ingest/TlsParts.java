package io.tillpost.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.TlsKeyPair;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc.TraceServiceBlockingStub;
import io.tillpost.ingest.IngestProperties.SenderProperties;
import io.tillpost.ingest.IngestProperties.Tls;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.RefusalReason;
import io.tillpost.store.Refusals;
import io.tillpost.store.SenderCertificate;
import io.tillpost.store.memory.InMemoryStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.util.unit.DataSize;

/**
 * Certificates, and an ingest that speaks TLS with them.
 *
 * @param directory for their files and for logs
 */
record TlsParts(Path directory) {
  static final TlsKeyPair SERVER = TlsKeyPair.ofSelfSigned("localhost");
  static final TlsKeyPair STORE = TlsKeyPair.ofSelfSigned("store-0412.example");
  static final TlsKeyPair NOBODY = TlsKeyPair.ofSelfSigned("nobody.example");
  static final TlsKeyPair UNTRUSTED = TlsKeyPair.ofSelfSigned("store-0412.example");

  Tls tls(boolean require) {
    return new Tls(
        pem("server.pem", SERVER),
        keyPem("server.key", SERVER),
        pem("clients.pem", STORE, NOBODY),
        null,
        require);
  }

  IngestProperties config(String log, Tls tls) {
    return config(log, tls, List.of("store-0412.example"));
  }

  IngestProperties config(String log, Tls tls, List<String> certificates) {
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

  Path pem(String name, TlsKeyPair... pairs) {
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

  Path keyPem(String name, TlsKeyPair pair) {
    return write(name, block("PRIVATE KEY", pair.privateKey().getEncoded()));
  }

  private static String block(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), kind);
  }

  Path write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text, US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ClientFactory client(TlsKeyPair... own) {
    ClientFactoryBuilder builder =
        ClientFactory.builder()
            .tlsCustomizer(tls -> tls.trustManager(SERVER.certificateChain().getFirst()));
    for (TlsKeyPair pair : own) {
      builder.tls(pair);
    }
    return builder.build();
  }

  static AggregatedHttpResponse send(
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

  static String fingerprint(TlsKeyPair pair) {
    try {
      return SenderCertificate.fingerprint(pair.certificateChain().getFirst().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Set<RefusalReason> refused(InMemoryStores stores, String sender) {
    return stores.documents().of(Refusals.DOCUMENTS).find(DocumentQuery.ALL).items().stream()
        .flatMap(found -> found.value().lines().stream())
        .filter(line -> line.sender().equals(sender))
        .map(Refusals.Line::reason)
        .collect(Collectors.toSet());
  }

  static TraceServiceBlockingStub grpc(TestIngest to, ClientFactory client) {
    return GrpcClients.builder("gproto+https://localhost:" + to.collector().grpcPort())
        .factory(client)
        .build(TraceServiceBlockingStub.class);
  }
}
