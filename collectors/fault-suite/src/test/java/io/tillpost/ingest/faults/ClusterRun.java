package io.tillpost.ingest.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.elasticsearch.embedded.ElasticsearchNode;
import io.tillpost.elasticsearch.embedded.EmbeddedElasticsearch;
import io.tillpost.testing.EmbeddedElasticsearchNode;
import io.tillpost.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cluster of three nodes, each of which is killed once and comes back, while senders go on.
 *
 * @param answerWithin how long a sender waits for an answer before it sends again
 */
record ClusterRun(int senders, Duration answerWithin) {
  private static final int NODES = 3;
  private static final String PREFIX = "tillpost-";
  private static final Duration LONG = Duration.ofMinutes(5);

  void in(Path directory) throws Exception {
    List<EmbeddedElasticsearch> plans = plans(directory);
    List<ElasticsearchNode> nodes = startAll(plans);
    try (Ledger ledger = Ledger.in(directory);
        IngestProcessUnderTest ingest =
            IngestProcessUnderTest.start(
                directory,
                nodes.getFirst().uri(),
                PREFIX,
                "--tillpost.elasticsearch.urls=" + uris(nodes.subList(1, NODES)))) {
      Senders running = new Senders(senders, ingest.http(), ledger, answerWithin);
      try (running) {
        for (int i = 0; i < NODES; i++) {
          awaitBatches(ledger);
          awaitGreen(nodes.get(i).uri());
          var _ = ProcessHandle.of(nodes.get(i).pid()).orElseThrow().destroyForcibly();
          var _ = nodes.get(i).onExit().join();
          awaitBatches(ledger);
          nodes.set(i, plans.get(i).start());
        }
        awaitBatches(ledger);
      }
      assertThat(running.refusals()).isSubsetOf(429, 503);
      NothingLostNothingDoubled.verify(nodes.getFirst().uri(), PREFIX, ledger);
    } finally {
      nodes.forEach(ElasticsearchNode::stop);
    }
  }

  private static String uris(List<ElasticsearchNode> nodes) {
    return nodes.stream().map(node -> node.uri().toString()).collect(Collectors.joining(","));
  }

  /** Every shard has its copy again, so that the next node may go. */
  private static void awaitGreen(URI elasticsearch) {
    await()
        .atMost(LONG)
        // A node that has just come back may not know the others yet.
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              try (StoredRecords stored = new StoredRecords(elasticsearch, PREFIX)) {
                return stored.isGreen(NODES);
              }
            });
  }

  private static void awaitBatches(Ledger ledger) {
    int before = ledger.batches();
    await().atMost(LONG).until(() -> ledger.batches() >= before + 20);
  }

  /** At once: none of them is ready before it has found another. */
  private static List<ElasticsearchNode> startAll(List<EmbeddedElasticsearch> plans)
      throws InterruptedException, ExecutionException {
    List<ElasticsearchNode> nodes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ElasticsearchNode>> starting =
          plans.stream().map(plan -> threads.submit(plan::start)).toList();
      for (Future<ElasticsearchNode> one : starting) {
        nodes.add(one.get());
      }
    }
    return nodes;
  }

  private static List<EmbeddedElasticsearch> plans(Path directory) throws IOException {
    List<Integer> ports =
        IntStream.generate(FreePorts::next).distinct().limit(2 * NODES).boxed().toList();
    List<Integer> transport = ports.subList(NODES, 2 * NODES);
    List<EmbeddedElasticsearch> plans = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      plans.add(
          EmbeddedElasticsearchNode.shortLived(directory.resolve("node-" + i))
              .heap(256)
              .httpPort(ports.get(i))
              .startTimeout(LONG)
              .setting("node.name", "node-" + i)
              .setting("transport.port", transport.get(i).toString())
              .setting("discovery.type", "multi-node")
              .setting(
                  "discovery.seed_hosts",
                  transport.stream().map(p -> "127.0.0.1:" + p).collect(Collectors.joining(",")))
              .setting("cluster.initial_master_nodes", "node-0,node-1,node-2")
              .setting("cluster.routing.allocation.disk.threshold_enabled", "false")
              .build());
    }
    return plans;
  }
}
