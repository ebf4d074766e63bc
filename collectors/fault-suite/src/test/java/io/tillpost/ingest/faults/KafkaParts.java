package io.tillpost.ingest.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.elasticsearch.embedded.ElasticsearchNode;
import io.tillpost.elasticsearch.embedded.EmbeddedElasticsearch;
import io.tillpost.testing.EmbeddedElasticsearchNode;
import io.tillpost.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two ingest processes that share a topic, the broker, and Elasticsearch; each can be broken. */
final class KafkaParts implements AutoCloseable {
  static final String PREFIX = "tillpost-";

  private static final int PROCESSES = 2;
  private static final int UNNOTICED = 20;

  /** For each process so much that what comes in overtakes it. */
  private static final int LARGE_BATCHES = 200;

  private static final int LARGE_BATCH_MESSAGES = 500;
  private static final Duration LONG = Duration.ofMinutes(3);

  private final Path directory;
  private final KafkaBroker broker;
  private final TopicUnderTest topic;
  private final EmbeddedElasticsearch elasticsearch;
  private final List<IngestProcessUnderTest> processes = new ArrayList<>();
  private ElasticsearchNode node;

  private KafkaParts(
      Path directory,
      KafkaBroker broker,
      TopicUnderTest topic,
      EmbeddedElasticsearch elasticsearch) {
    this.directory = directory;
    this.broker = broker;
    this.topic = topic;
    this.elasticsearch = elasticsearch;
    this.node = elasticsearch.start();
  }

  static KafkaParts start(Path directory, KafkaBroker broker) throws Exception {
    TopicUnderTest topic = TopicUnderTest.on(broker, "faults");
    KafkaParts parts =
        new KafkaParts(
            directory,
            broker,
            topic,
            EmbeddedElasticsearchNode.shortLived(directory.resolve("elasticsearch"))
                .heap(256)
                .httpPort(FreePorts.next())
                .startTimeout(LONG)
                .setting("cluster.routing.allocation.disk.threshold_enabled", "false")
                .build());
    try {
      parts.startProcesses();
      return parts;
    } catch (Exception | AssertionError e) {
      parts.close();
      throw e;
    }
  }

  private void startProcesses() throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<IngestProcessUnderTest>> starting = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        int number = i;
        starting.add(threads.submit(() -> startProcess(number)));
      }
      for (Future<IngestProcessUnderTest> one : starting) {
        processes.add(one.get());
      }
    }
  }

  private IngestProcessUnderTest startProcess(int number) throws IOException {
    return IngestProcessUnderTest.start(
        Files.createDirectories(directory.resolve("ingest-" + number)),
        node.uri(),
        PREFIX,
        "--tillpost.ingest.log.kind=kafka",
        "--tillpost.ingest.log.kafka.bootstrap-servers=" + broker.servers(),
        "--tillpost.ingest.log.kafka.topic=" + topic.name(),
        "--tillpost.ingest.log.kafka.group=" + topic.name(),
        "--tillpost.ingest.log.kafka.partitions=" + TopicUnderTest.PARTITIONS,
        "--tillpost.ingest.log.kafka.replication-factor=1",
        "--tillpost.ingest.log.kafka.min-insync-replicas=1",
        "--tillpost.ingest.log.kafka.properties.session.timeout.ms=3000",
        "--tillpost.ingest.log.kafka.properties.heartbeat.interval.ms=1000");
  }

  TopicUnderTest topic() {
    return topic;
  }

  URI elasticsearch() {
    return node.uri();
  }

  /** Where senders may send to. */
  URI[] ingest() {
    return processes.stream().map(IngestProcessUnderTest::http).toArray(URI[]::new);
  }

  /** Lets it happen, and returns when what was broken runs again. */
  void suffer(KafkaFault fault, Duration pause, Senders senders, Ledger ledger) throws Exception {
    switch (fault) {
      case ELASTICSEARCH_PAUSED -> {
        IngestProcessUnderTest.run("kill", "-STOP", Long.toString(node.pid()));
        awaitUnnoticed(senders, ledger);
        IngestProcessUnderTest.run("kill", "-CONT", Long.toString(node.pid()));
      }
      case ELASTICSEARCH_KILLED -> {
        var _ = ProcessHandle.of(node.pid()).orElseThrow().destroyForcibly();
        var _ = node.onExit().join();
        awaitUnnoticed(senders, ledger);
        node = elasticsearch.start();
      }
      case LONG_OUTAGE -> {
        IngestProcessUnderTest.run("kill", "-STOP", Long.toString(node.pid()));
        senders.sendLarge(LARGE_BATCHES, LARGE_BATCH_MESSAGES);
        IngestProcessUnderTest.run("kill", "-CONT", Long.toString(node.pid()));
        long waiting = topic.waiting();
        assertThat(waiting).isGreaterThan(LARGE_BATCHES * LARGE_BATCH_MESSAGES);
        for (IngestProcessUnderTest process : processes) {
          await().atMost(LONG).until(() -> process.hasSaid("what comes in now overtakes them"));
        }
        await().atMost(LONG).until(() -> topic.waiting() < waiting - waiting / 4);
        killFirstAndStartItAgain(senders);
      }
      case BROKER_KILLED -> {
        broker.kill();
        awaitRefused(senders);
        broker.startAgain();
        awaitTaking(senders, ledger);
      }
      case BROKER_PAUSED -> {
        IngestProcessUnderTest.run("kill", "-STOP", Long.toString(broker.pid()));
        awaitRefused(senders);
        IngestProcessUnderTest.run("kill", "-CONT", Long.toString(broker.pid()));
        awaitTaking(senders, ledger);
      }
      case INGEST_PAUSED -> {
        String pid = Long.toString(processes.getFirst().pid());
        IngestProcessUnderTest.run("kill", "-STOP", pid);
        topic.awaitShared(PROCESSES - 1);
        await().atMost(pause.plus(LONG)).pollDelay(pause).until(() -> true);
        IngestProcessUnderTest.run("kill", "-CONT", pid);
        topic.awaitShared(PROCESSES);
      }
      case INGEST_KILLED -> killFirstAndStartItAgain(senders);
    }
  }

  private void killFirstAndStartItAgain(Senders senders) throws IOException {
    processes.getFirst().kill();
    topic.awaitShared(PROCESSES - 1);
    processes.set(0, startProcess(0));
    senders.sendTo(ingest());
    topic.awaitShared(PROCESSES);
  }

  /** The first one is killed for good, and the other does all of the work. */
  void killOne() {
    processes.removeFirst().kill();
    topic.awaitShared(PROCESSES - 1);
  }

  /** What is accepted waits in the topic, so senders do not even notice. */
  private void awaitUnnoticed(Senders senders, Ledger ledger) {
    int refused = refusedUntilMoreIsAccepted(senders, ledger);
    assertThat(topic.waiting()).isPositive();
    assertThat(refused).isZero();
  }

  /** Nothing can be taken, which senders and load balancers are told. */
  private void awaitRefused(Senders senders) {
    int before = senders.refused();
    await().atMost(LONG).until(() -> senders.refused() > before);
    await().atMost(LONG).until(() -> health(processes.getLast()) == 503);
  }

  /**
   * Each of them takes again what is sent to it, and nothing that was on its way to the broker
   * fails any more: else the next fault would be blamed for this.
   */
  private void awaitTaking(Senders senders, Ledger ledger) {
    for (IngestProcessUnderTest process : processes) {
      await().atMost(LONG).until(() -> health(process) == 200);
    }
    await().atMost(LONG).until(() -> refusedUntilMoreIsAccepted(senders, ledger) == 0);
  }

  private static int refusedUntilMoreIsAccepted(Senders senders, Ledger ledger) {
    int refused = senders.refused();
    int before = ledger.batches();
    await().atMost(LONG).until(() -> ledger.batches() >= before + UNNOTICED);
    return senders.refused() - refused;
  }

  private static int health(IngestProcessUnderTest process)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(process.http().resolve("/health")).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Override
  public void close() {
    try {
      close(processes.iterator());
    } finally {
      topic.close();
      node.stop();
    }
  }

  /** Each of them, also where one does not end in time. */
  private static void close(Iterator<IngestProcessUnderTest> left) {
    if (left.hasNext()) {
      try (IngestProcessUnderTest _ = left.next()) {
        close(left);
      }
    }
  }
}
