package io.tillpost.ingest.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.stream.StreamMessage;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc.TraceServiceBlockingStub;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hundred bodies at a time that are small and become huge, in a process with a small heap, while
 * others go on sending; over HTTP, then over gRPC.
 *
 * @param mebibytes of each body as it is sent; it unpacks to so many GiB
 */
record BombRun(int mebibytes) {
  private static final Logger LOG = LoggerFactory.getLogger(BombRun.class);
  private static final int AT_A_TIME = 100;
  private static final int MEMBER = 16 << 20;
  private static final int MEMBERS_A_GIBIBYTE = 64;
  private static final int MOST_MEBIBYTES_MORE = 64;
  private static final int MOST_OVER_GRPC = 4 << 20;
  private static final int RESOURCE_EXHAUSTED = 8;

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  void in(Path directory) throws Exception {
    byte[] member = member();
    try (IngestProcessUnderTest ingest =
            IngestProcessUnderTest.start(directory, NOWHERE, "tillpost-");
        Ledger ledger = Ledger.in(directory)) {
      Senders senders = new Senders(2, ingest.http(), ledger);
      try (senders) {
        await().atMost(LONG).until(() -> ledger.batches() >= 50);
        // What the first call of all loads is no bomb's.
        var _ =
            GrpcClients.newClient("gproto+" + ingest.http(), TraceServiceBlockingStub.class)
                .export(ExportTraceServiceRequest.getDefaultInstance());
        ProcessMemory memory = ProcessMemory.of(ingest.pid());
        assertThat(explode(() -> overHttp(ingest.http(), member)))
            .hasSize(AT_A_TIME)
            .containsOnly(413);
        assertThat(explode(() -> overGrpc(ingest.http(), member)))
            .hasSize(AT_A_TIME)
            .containsOnly(RESOURCE_EXHAUSTED);
        long more = memory.mostMore() >> 20;
        LOG.info("Twice {} bombs of {} MiB took {} MiB more at most", AT_A_TIME, mebibytes, more);
        assertThat(more).as("MiB of memory more").isLessThanOrEqualTo(MOST_MEBIBYTES_MORE);
        int after = ledger.batches();
        await().atMost(LONG).until(() -> ledger.batches() >= after + 10);
      }
      assertThat(senders.refusals()).isEmpty();
    }
  }

  private int overHttp(URI ingest, byte[] member) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client
          .send(
              HttpRequest.newBuilder(ingest.resolve("/v1/traces"))
                  .header("Content-Type", "application/x-protobuf")
                  .header("Content-Encoding", "gzip")
                  .POST(HttpRequest.BodyPublishers.ofInputStream(() -> bomb(member)))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  /** A call of its own connection; the status of its trailers, which come in place of headers. */
  private int overGrpc(URI ingest, byte[] member) {
    try (ClientFactory connection = ClientFactory.builder().build()) {
      AggregatedHttpResponse answer =
          WebClient.builder("h2c://" + ingest.getAuthority())
              .factory(connection)
              .responseTimeout(LONG)
              .build()
              .execute(
                  com.linecorp.armeria.common.HttpRequest.of(
                      RequestHeaders.of(
                          HttpMethod.POST,
                          "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
                          "content-type",
                          "application/grpc+proto",
                          "grpc-encoding",
                          "gzip",
                          "te",
                          "trailers"),
                      StreamMessage.of(message(member))))
              .aggregate()
              .join();
      String inHeaders = answer.headers().get("grpc-status");
      return Integer.parseInt(
          inHeaders == null ? answer.trailers().get("grpc-status", "-1") : inHeaders);
    }
  }

  /** Compressed, and as long as a call may be where the body is longer. */
  private InputStream message(byte[] member) {
    int length = Math.min(MOST_OVER_GRPC, mebibytes * MEMBERS_A_GIBIBYTE * member.length);
    byte[] prefix = ByteBuffer.allocate(5).put((byte) 1).putInt(length).array();
    return new SequenceInputStream(new ByteArrayInputStream(prefix), bomb(member));
  }

  private static List<Integer> explode(Callable<Integer> bomb) throws Exception {
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
      for (Future<Integer> answer :
          threads.invokeAll(Stream.generate(() -> bomb).limit(AT_A_TIME).toList())) {
        answers.add(answer.get());
      }
    }
    return answers;
  }

  /** Members of gzip, each of 16 KiB that unpack to 16 MiB. */
  private InputStream bomb(byte[] member) {
    return new SequenceInputStream(
        Collections.enumeration(
            Stream.generate(() -> new ByteArrayInputStream(member))
                .limit((long) mebibytes * MEMBERS_A_GIBIBYTE)
                .toList()));
  }

  private static byte[] member() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(new byte[MEMBER]);
    }
    return bytes.toByteArray();
  }
}
