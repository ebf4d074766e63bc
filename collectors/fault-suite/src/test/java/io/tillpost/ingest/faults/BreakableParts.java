package io.tillpost.ingest.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.elasticsearch.embedded.ElasticsearchNode;
import io.tillpost.elasticsearch.embedded.EmbeddedElasticsearch;
import io.tillpost.testing.EmbeddedElasticsearchNode;
import io.tillpost.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Ingest behind a proxy that loses answers, and Elasticsearch: each a process that can be broken.
 */
final class BreakableParts implements AutoCloseable {
  static final String PREFIX = "tillpost-";

  private static final int LOSE_EVERY = 9;
  private static final int TORN_BYTES = 3_000;
  private static final int TAKEN_WHILE_ELASTICSEARCH_IS_AWAY = 20;
  private static final Duration LONG = Duration.ofMinutes(3);

  private final Path directory;
  private final EmbeddedElasticsearch elasticsearch;
  private final CuttingProxy proxy;
  private ElasticsearchNode node;
  private IngestProcessUnderTest ingest;

  private BreakableParts(
      Path directory,
      EmbeddedElasticsearch elasticsearch,
      ElasticsearchNode node,
      IngestProcessUnderTest ingest,
      CuttingProxy proxy) {
    this.directory = directory;
    this.elasticsearch = elasticsearch;
    this.node = node;
    this.ingest = ingest;
    this.proxy = proxy;
  }

  static BreakableParts start(Path directory) throws IOException {
    EmbeddedElasticsearch elasticsearch =
        EmbeddedElasticsearchNode.shortLived(directory.resolve("elasticsearch"))
            .heap(256)
            .httpPort(FreePorts.next())
            .startTimeout(LONG)
            .setting("cluster.routing.allocation.disk.threshold_enabled", "false")
            .build();
    ElasticsearchNode node = elasticsearch.start();
    try {
      IngestProcessUnderTest ingest = IngestProcessUnderTest.start(directory, node.uri(), PREFIX);
      return new BreakableParts(
          directory, elasticsearch, node, ingest, CuttingProxy.before(ingest.http(), LOSE_EVERY));
    } catch (IOException | RuntimeException | AssertionError e) {
      node.stop();
      throw e;
    }
  }

  /** Where senders send to. */
  URI ingest() {
    return proxy.uri();
  }

  /** Where every answer comes through. */
  URI ingestItself() {
    return ingest.http();
  }

  URI elasticsearch() {
    return node.uri();
  }

  /** How many answers senders never got, although their records were taken. */
  int lostAnswers() {
    return proxy.cut();
  }

  /**
   * Lets it happen, and returns when everything runs again.
   *
   * @param pause how long what only stands still does so
   * @param turnedAway how many requests were answered with another status than 200 so far
   * @param acknowledged how many batches were answered with 200 so far
   */
  void suffer(Fault fault, Duration pause, IntSupplier turnedAway, IntSupplier acknowledged)
      throws IOException, InterruptedException {
    switch (fault) {
      case INGEST_KILLED -> {
        ingest.kill();
        startIngest();
      }
      case ELASTICSEARCH_KILLED -> {
        killElasticsearch();
        awaitUnnoticed(turnedAway, acknowledged);
        node = elasticsearch.start();
      }
      case BOTH_KILLED -> {
        killElasticsearch();
        ingest.kill();
        startIngest();
        node = elasticsearch.start();
      }
      case INGEST_PAUSED -> pause(ingest.pid(), pause);
      case ELASTICSEARCH_PAUSED -> pause(node.pid(), pause);
      case DISK_FULL -> {
        int before = turnedAway.getAsInt();
        ingest.limitFilesTo(1);
        await().atMost(LONG).until(() -> turnedAway.getAsInt() > before);
        ingest.liftLimit();
      }
      case LOG_TORN -> {
        ingest.kill();
        tearLog();
        startIngest();
      }
    }
  }

  /** Elasticsearch is killed, and started again after that time. */
  void withoutElasticsearch(Duration outage) {
    killElasticsearch();
    await().atMost(outage.plus(LONG)).pollDelay(outage).until(() -> true);
    node = elasticsearch.start();
  }

  /** What is accepted waits in the log, so senders do not even notice. */
  private static void awaitUnnoticed(IntSupplier turnedAway, IntSupplier acknowledged) {
    int refusedBefore = turnedAway.getAsInt();
    int before = acknowledged.getAsInt();
    await()
        .atMost(LONG)
        .until(() -> acknowledged.getAsInt() >= before + TAKEN_WHILE_ELASTICSEARCH_IS_AWAY);
    assertThat(turnedAway.getAsInt()).isEqualTo(refusedBefore);
  }

  private void startIngest() throws IOException {
    ingest = IngestProcessUnderTest.start(directory, node.uri(), PREFIX);
    proxy.forwardTo(ingest.http());
  }

  private void killElasticsearch() {
    var _ = ProcessHandle.of(node.pid()).orElseThrow().destroyForcibly();
    var _ = node.onExit().join();
  }

  private static void pause(long pid, Duration duration) throws IOException, InterruptedException {
    IngestProcessUnderTest.run("kill", "-STOP", Long.toString(pid));
    await().atMost(duration.plus(LONG)).pollDelay(duration).until(() -> true);
    IngestProcessUnderTest.run("kill", "-CONT", Long.toString(pid));
  }

  /** What was synced is whole after a power cut; behind it there may be anything. */
  private void tearLog() throws IOException {
    byte[] torn = new byte[TORN_BYTES];
    new Random(directory.hashCode()).nextBytes(torn);
    try (Stream<Path> files = Files.list(directory.resolve("log").resolve("records"))) {
      Path newest =
          files
              .filter(file -> file.toString().endsWith(".log"))
              .max(Comparator.naturalOrder())
              .orElseThrow();
      Files.write(newest, torn, StandardOpenOption.APPEND);
    }
  }

  @Override
  public void close() throws IOException {
    try (proxy) {
      ingest.close();
    } finally {
      node.stop();
    }
  }
}
