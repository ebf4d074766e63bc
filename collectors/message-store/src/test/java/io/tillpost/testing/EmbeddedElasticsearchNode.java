package io.tillpost.testing;

import io.tillpost.elasticsearch.embedded.ElasticsearchNode;
import io.tillpost.elasticsearch.embedded.EmbeddedElasticsearch;
import io.tillpost.store.elasticsearch.ElasticsearchStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One real Elasticsearch node for all tests of this JVM, started when it is first asked for and
 * ended with the JVM. Each test takes an index prefix of its own, so that tests do not disturb each
 * other.
 */
public final class EmbeddedElasticsearchNode {
  private static final AtomicInteger PREFIXES = new AtomicInteger();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private EmbeddedElasticsearchNode() {}

  /** Where the node answers. */
  public static URI uri() {
    return Started.NODE.uri();
  }

  /**
   * A node of its own for a test that breaks it or needs several: with the server that all tests of
   * a build share, and the quick compiler only, since it ends before the slow one has paid.
   */
  public static EmbeddedElasticsearch.Builder shortLived(Path home) {
    return EmbeddedElasticsearch.builder()
        .home(home)
        .shared(Path.of(System.getProperty("tillpost.test.elasticsearch", "target/shared")))
        .javaOption("-XX:TieredStopAtLevel=1");
  }

  /** A prefix that no other test has. */
  public static String newPrefix() {
    return "test" + PREFIXES.incrementAndGet() + "-";
  }

  /** Stores on this node below that prefix, with the workflows of the samples. */
  public static ElasticsearchStores.Builder stores(String prefix) {
    return ElasticsearchStores.builder()
        .url(uri())
        .indexPrefix(prefix)
        .workflows(Samples.workflows());
  }

  /** Lets searches see what was written below that prefix. */
  public static void refresh(String prefix) {
    send("POST", "/" + prefix + "*/_refresh", "");
  }

  /** Removes all indices below that prefix. */
  public static void drop(String prefix) {
    send("DELETE", "/" + prefix + "*?expand_wildcards=all", "");
  }

  /** Sends JSON to the node; fails on any answer but yes. */
  public static String send(String method, String path, String json) {
    HttpRequest request =
        HttpRequest.newBuilder(uri().resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new AssertionError(method + " " + path + ": " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Started by the first use. */
  private static final class Started {
    private static final Path HOME =
        Path.of("target", "elasticsearch-" + ProcessHandle.current().pid());
    private static final ElasticsearchNode NODE = start();

    private static ElasticsearchNode start() {
      ElasticsearchNode node =
          shortLived(HOME)
              .heap(512)
              .httpPort(0)
              .setting("action.destructive_requires_name", "false")
              .setting("cluster.max_shards_per_node", "5000")
              .setting("cluster.routing.allocation.disk.threshold_enabled", "false")
              .build()
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(node)));
      return node;
    }

    private static void remove(ElasticsearchNode node) {
      node.stop();
      try (Stream<Path> files = Files.walk(HOME)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("The home of the test node is left at " + HOME, e);
      }
    }
  }
}
