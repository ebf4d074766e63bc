package io.tillpost.elasticsearch.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the builder collected, and where things lie below the home. */
record NodeOptions(
    Path home,
    @Nullable Path shared,
    int heapMebibytes,
    int httpPort,
    String clusterName,
    Duration startTimeout,
    Duration homeWait,
    Map<String, String> settings,
    List<String> javaOptions) {

  /** Where unpacked servers lie, each version in a directory of its own. */
  Path distributions() {
    return shared == null ? home.resolve("distribution") : shared;
  }

  Path data() {
    return home.resolve("data");
  }

  Path logs() {
    return home.resolve("logs");
  }

  Path log() {
    return logs().resolve("elasticsearch.log");
  }

  /**
   * What the virtual machine itself says (a wrong flag, a crash); the server writes to {@link
   * #log()}.
   */
  Path machineLog() {
    return logs().resolve("elasticsearch-jvm.log");
  }

  Path temporary() {
    return home.resolve("tmp");
  }

  /** All settings of the server but {@code path.home}, by key. */
  Map<String, String> serverSettings() {
    Map<String, String> all = new TreeMap<>();
    all.put("node.name", "tillpost");
    all.put("discovery.type", "single-node");
    all.put("transport.port", "0");
    // Absolute, not percentages: at the default of 95 % a developer's nearly full disk of 1 TB
    // turns every
    // index read-only with 50 GB free. Kept is what a merge and a day's log need; see RATIONALE.md.
    all.put("cluster.routing.allocation.disk.watermark.low", "2gb");
    all.put("cluster.routing.allocation.disk.watermark.high", "1gb");
    all.put("cluster.routing.allocation.disk.watermark.flood_stage", "512mb");
    all.putAll(settings);
    all.put("cluster.name", clusterName);
    all.put("network.host", "127.0.0.1");
    all.put("http.port", Integer.toString(httpPort));
    all.put("path.data", data().toString());
    all.put("path.logs", logs().toString());
    return all;
  }
}
