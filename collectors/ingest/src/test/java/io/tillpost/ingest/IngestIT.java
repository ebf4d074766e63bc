package io.tillpost.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.elasticsearch.embedded.ElasticsearchNode;
import io.tillpost.elasticsearch.embedded.EmbeddedElasticsearch;
import io.tillpost.message.MessageId;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Stores;
import io.tillpost.store.elasticsearch.ElasticsearchStores;
import io.tillpost.testing.EmbeddedElasticsearchNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ingest with a real Elasticsearch. */
class IngestIT {
  private static final int BATCH = 20;
  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir Path directory;

  private static String batch(int number) {
    return IntStream.range(0, BATCH)
        .mapToObj(i -> MessageEventEndpointTest.event(number + "-" + i))
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void afterKillMinusNineEveryEventAnswered200IsThereOnce() throws Exception {
    String prefix = EmbeddedElasticsearchNode.newPrefix();
    Queue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
    try (Stores stores = EmbeddedElasticsearchNode.stores(prefix).build()) {
      IngestProcessUnderTest first =
          IngestProcessUnderTest.start(directory, EmbeddedElasticsearchNode.uri(), prefix);
      sendUntilGone(first, acknowledged);
      assertThat(acknowledged).hasSizeGreaterThan(20);
      try (IngestProcessUnderTest second =
          IngestProcessUnderTest.start(directory, EmbeddedElasticsearchNode.uri(), prefix)) {
        int before = acknowledged.size();
        // One batch comes twice, as from a sender that did not see its answer.
        assertThat(second.post(batch(acknowledged.peek()))).isEqualTo(200);
        await()
            .atMost(LONG)
            .until(() -> stores.messages().count(MessageQuery.ALL) >= (long) before * BATCH);
        for (int number : acknowledged) {
          for (int i = 0; i < BATCH; i++) {
            MessageId id = new MessageId("sale-" + number + "-" + i);
            await().atMost(LONG).until(() -> stores.messages().find(id).isPresent());
          }
        }
        MessageId twice = new MessageId("sale-" + acknowledged.peek() + "-0");
        assertThat(stores.messages().events(twice)).hasSize(1);
      }
    } finally {
      EmbeddedElasticsearchNode.drop(prefix);
    }
  }

  private static void sendUntilGone(IngestProcessUnderTest ingest, Queue<Integer> acknowledged)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        var _ =
            senders.submit(
                () -> {
                  while (true) {
                    int number = next.incrementAndGet();
                    if (ingest.post(batch(number)) == 200) {
                      acknowledged.add(number);
                    }
                  }
                });
      }
      await().atMost(LONG).until(() -> acknowledged.size() > 20);
      ingest.kill();
    }
  }

  @Test
  void whileElasticsearchIsAwaySendersNoticeNothing() throws Exception {
    int port = freePort();
    EmbeddedElasticsearch elasticsearch =
        EmbeddedElasticsearch.builder()
            .home(directory.resolve("elasticsearch"))
            .heap(256)
            .httpPort(port)
            .setting("cluster.routing.allocation.disk.threshold_enabled", "false")
            .build();
    ElasticsearchNode node = elasticsearch.start();
    try (Stores stores = ElasticsearchStores.builder().url(node.uri()).build();
        TestIngest ingest = TestIngest.start(directory.resolve("log"), stores)) {
      send(ingest, 1);
      await().atMost(LONG).until(() -> backlog(ingest) == 0);
      node.stop();
      send(ingest, 2);
      send(ingest, 3);
      await().until(() -> ingest.collector().progress().orElseThrow().lastError() != null);
      assertThat(backlog(ingest)).isEqualTo(2 * BATCH);
      node = elasticsearch.start();
      await().atMost(LONG).until(() -> backlog(ingest) == 0);
      await()
          .atMost(LONG)
          .until(() -> stores.messages().count(MessageQuery.ALL) == 3L * BATCH);
      assertThat(ingest.collector().progress().orElseThrow().storedTotal()).isEqualTo(3L * BATCH);
    } finally {
      node.stop();
    }
  }

  private static void send(TestIngest ingest, int number) {
    var answer =
        ingest.post(
            "/v1/message-events",
            "application/cloudevents-batch+json",
            batch(number).getBytes(UTF_8));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private static long backlog(TestIngest ingest) {
    return ingest.collector().progress().orElseThrow().backlog();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
