package io.tillpost.ingest.bench;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * The ingest log as a topic of a broker on this machine, which is made anew and taken away in the
 * end; or, where no broker is given, the ingest log on the disk.
 */
final class BenchTopic implements AutoCloseable {
  private final int port;
  private final String name = "tillpost-bench-" + System.currentTimeMillis();

  private BenchTopic(int port) {
    this.port = port;
  }

  /** In the broker at the port that {@code --kafka} names, if it does. */
  static BenchTopic of(BenchOptions options) {
    return new BenchTopic(options.get("kafka", 0));
  }

  boolean isInKafka() {
    return port > 0;
  }

  /** What ingest is started with. */
  String[] settings() {
    if (!isInKafka()) {
      return new String[0];
    }
    return Map.of(
            "kind",
            "kafka",
            "kafka.bootstrap-servers",
            servers(),
            "kafka.topic",
            name,
            "kafka.group",
            name,
            "kafka.replication-factor",
            "1",
            "kafka.min-insync-replicas",
            "1")
        .entrySet()
        .stream()
        .map(setting -> "--tillpost.ingest.log." + setting.getKey() + "=" + setting.getValue())
        .toArray(String[]::new);
  }

  private String servers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    if (isInKafka()) {
      try (Admin admin =
          Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers()))) {
        admin.deleteTopics(List.of(name)).all().toCompletionStage().toCompletableFuture().join();
      }
    }
  }
}
