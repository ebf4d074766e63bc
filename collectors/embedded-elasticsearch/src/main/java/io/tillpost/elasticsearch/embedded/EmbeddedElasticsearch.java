package io.tillpost.elasticsearch.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to start a real Elasticsearch node as a child process of this one. It listens on the loopback
 * address only, and ends when this process ends, however that happens.
 *
 * <p>Everything it writes lies below its home: {@code data/}, {@code logs/elasticsearch.log},
 * {@code tmp/} and the unpacked server in {@code distribution/}. An instance is immutable and may
 * be started again after a stop.
 *
 * <p>Why a child process, and why from a resource of this jar: {@code RATIONALE.md} of this module.
 */
public final class EmbeddedElasticsearch {
  private final NodeOptions options;

  private EmbeddedElasticsearch(NodeOptions options) {
    this.options = options;
  }

  /** A builder with every default set but the home. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts the node and returns once its HTTP port answers and no primary shard is missing (status
   * yellow or green). Data of an earlier run is kept, also when that run was killed; a node that is
   * still closing is waited for.
   *
   * @return the running node; the caller closes it
   * @throws ElasticsearchStartException if it did not start; no child process is left behind
   */
  public ElasticsearchNode start() {
    return new NodeStart(options).run();
  }

  /** Collects the options of a node. Not safe for use by several threads. */
  public static final class Builder {
    /** What the builder decides itself, or what would open the node to the network. */
    private static final Pattern RESERVED =
        Pattern.compile(
            "path\\..*|cluster\\.name|http\\.port|(network|http|transport)\\.(host|bind_host|publish_host)");

    private @Nullable Path home;
    private @Nullable Path shared;
    private int heapMebibytes = 512;
    private int httpPort;
    private String clusterName = "tillpost";
    private Duration startTimeout = Duration.ofMinutes(2);
    private Duration homeWait = Duration.ofSeconds(30);
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> javaOptions = new ArrayList<>();

    private Builder() {}

    /**
     * The directory that holds all this node writes; made if it is missing. One home serves one
     * node at a time.
     */
    public Builder home(Path home) {
      this.home = home.toAbsolutePath().normalize();
      return this;
    }

    /**
     * A directory that any number of homes share, also of nodes that run at once: the unpacked
     * server lies there rather than below each home, with an archive of its loaded classes that the
     * first node writes when it is stopped, five seconds longer than otherwise. Later ones start in
     * half the time. Nothing in it is ever removed, so it suits nodes that come and go, as those of
     * tests.
     */
    public Builder shared(Path directory) {
      this.shared = directory.toAbsolutePath().normalize();
      return this;
    }

    /**
     * Heap of the child in MiB, at least 128; 512 unless set. The process takes about 350 MiB more.
     */
    public Builder heap(int mebibytes) {
      if (mebibytes < 128) {
        throw new IllegalArgumentException(
            "a heap below 128 MiB does not carry a node: " + mebibytes);
      }
      this.heapMebibytes = mebibytes;
      return this;
    }

    /**
     * The HTTP port, 1 to 65535, or 0 (unless set) for any free one; {@link
     * ElasticsearchNode#uri()} tells which.
     */
    public Builder httpPort(int port) {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("not a port: " + port);
      }
      this.httpPort = port;
      return this;
    }

    /** The cluster's name; {@code tillpost} unless set. */
    public Builder clusterName(String name) {
      if (name.isBlank() || name.contains(":")) {
        throw new IllegalArgumentException("not a cluster name: '" + name + "'");
      }
      this.clusterName = name;
      return this;
    }

    /** How long {@link EmbeddedElasticsearch#start()} waits at most; two minutes unless set. */
    public Builder startTimeout(Duration timeout) {
      this.startTimeout = timeout;
      return this;
    }

    /** How long a start waits for another node on the same home to go; 30 seconds unless set. */
    public Builder homeWait(Duration wait) {
      this.homeWait = wait;
      return this;
    }

    /**
     * Any other setting of the server, in the words of {@code elasticsearch.yml}; it wins over a
     * default of ours. So several nodes become one cluster: {@code discovery.type=multi-node},
     * {@code discovery.seed_hosts}, {@code cluster.initial_master_nodes}, {@code node.name} and
     * {@code transport.port}.
     *
     * @throws IllegalArgumentException for paths, host addresses and what this builder has a method
     *     for
     */
    public Builder setting(String key, String value) {
      if (RESERVED.matcher(key).matches()) {
        throw new IllegalArgumentException("set by the builder alone: " + key);
      }
      settings.put(key, value);
      return this;
    }

    /**
     * One more flag of the child's virtual machine, after ours. With {@code
     * -XX:TieredStopAtLevel=1} a node that lives for a few tests starts on a third less processor
     * time, and is slower in the long run.
     */
    public Builder javaOption(String flag) {
      if (!flag.startsWith("-")) {
        throw new IllegalArgumentException("not a flag: " + flag);
      }
      javaOptions.add(flag);
      return this;
    }

    /**
     * The node as collected so far; nothing is started and nothing is written yet.
     *
     * @throws NullPointerException without a home
     */
    public EmbeddedElasticsearch build() {
      return new EmbeddedElasticsearch(
          new NodeOptions(
              Objects.requireNonNull(home, "home"),
              shared,
              heapMebibytes,
              httpPort,
              clusterName,
              startTimeout,
              homeWait,
              Map.copyOf(settings),
              List.copyOf(javaOptions)));
    }
  }
}
