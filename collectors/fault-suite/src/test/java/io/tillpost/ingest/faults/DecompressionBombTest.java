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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small bodies that become huge, many at a time, in a process with a small heap. */
class DecompressionBombTest {
  private static final int AT_A_TIME = 100;
  private static final int MEMBER = 16 << 20;

  /** 256 members of 16 MiB of zeros each: 4 MiB that unpack to 4 GiB. */
  private static final int MEMBERS = 256;

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  @TempDir Path directory;

  @Test
  void aHundredBombsAreToldThatTheyAreTooLargeAndNobodyElseNotices() throws Exception {
    byte[] member = member();
    try (IngestProcessUnderTest ingest =
            IngestProcessUnderTest.start(directory, NOWHERE, "tillpost-");
        Ledger ledger = Ledger.in(directory)) {
      Senders senders = new Senders(2, ingest.http(), ledger);
      try (senders) {
        await().atMost(LONG).until(() -> ledger.batches() >= 10);
        assertThat(explode(ingest.http(), member)).hasSize(AT_A_TIME).containsOnly(413);
        int after = ledger.batches();
        await().atMost(LONG).until(() -> ledger.batches() >= after + 10);
      }
      assertThat(senders.refusals()).isEmpty();
    }
  }

  private static List<Integer> explode(URI ingest, byte[] member) throws Exception {
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

  private static InputStream bomb(byte[] member) {
    return new SequenceInputStream(
        Collections.enumeration(
            Stream.generate(() -> new ByteArrayInputStream(member)).limit(MEMBERS).toList()));
  }

  private static byte[] member() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(new byte[MEMBER]);
    }
    return bytes.toByteArray();
  }
}
