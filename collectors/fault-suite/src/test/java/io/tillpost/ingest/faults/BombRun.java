package io.tillpost.ingest.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
 * others go on sending.
 *
 * @param mebibytes of each body as it is sent; it unpacks to so many GiB
 */
record BombRun(int mebibytes) {
  private static final Logger LOG = LoggerFactory.getLogger(BombRun.class);
  private static final int AT_A_TIME = 100;
  private static final int MEMBER = 16 << 20;
  private static final int MEMBERS_A_GIBIBYTE = 64;
  private static final int MOST_MEBIBYTES_MORE = 64;

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
        ProcessMemory memory = ProcessMemory.of(ingest.pid());
        assertThat(explode(ingest.http(), member)).hasSize(AT_A_TIME).containsOnly(413);
        long more = memory.mostMore() >> 20;
        LOG.info("{} bombs of {} MiB took {} MiB more at most", AT_A_TIME, mebibytes, more);
        assertThat(more).as("MiB of memory more").isLessThanOrEqualTo(MOST_MEBIBYTES_MORE);
        int after = ledger.batches();
        await().atMost(LONG).until(() -> ledger.batches() >= after + 10);
      }
      assertThat(senders.refusals()).isEmpty();
    }
  }

  private List<Integer> explode(URI ingest, byte[] member) throws Exception {
    Callable<Integer> bomb =
        () -> {
          try (HttpClient client =
              HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
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
        };
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
