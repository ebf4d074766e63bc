package io.tillpost.console.storage;

import io.tillpost.console.start.Progress;
import io.tillpost.console.start.StartRefused;
import io.tillpost.elasticsearch.embedded.ElasticsearchNode;
import io.tillpost.elasticsearch.embedded.ElasticsearchStartException;
import io.tillpost.elasticsearch.embedded.EmbeddedElasticsearch;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded node for as long as the console runs: started before the first bean that uses it, on
 * the same port again when its process dies, stopped after the last.
 */
final class EmbeddedNode implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedNode.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final EmbeddedElasticsearch.Builder options;
  private final URI uri;
  private volatile ElasticsearchNode node;

  private EmbeddedNode(EmbeddedElasticsearch.Builder options, ElasticsearchNode node) {
    this.options = options;
    this.node = node;
    this.uri = node.uri();
  }

  /** Starts the node and returns when it answers. */
  static EmbeddedNode start(
      ElasticsearchProperties.Embedded properties, Path home, Progress progress) {
    EmbeddedElasticsearch.Builder options =
        EmbeddedElasticsearch.builder()
            .home(home)
            .heap(Math.toIntExact(properties.heap().toMegabytes()))
            .httpPort(properties.port());
    properties.javaOptions().forEach(options::javaOption);
    progress.say("Starting Elasticsearch");
    try {
      EmbeddedNode started = new EmbeddedNode(options, options.build().start());
      progress.say("Elasticsearch answers at " + started.uri);
      Thread.ofVirtual().name("embedded-elasticsearch").start(started::keepAlive);
      return started;
    } catch (ElasticsearchStartException e) {
      throw new StartRefused("Elasticsearch did not start: " + e.getMessage(), e);
    }
  }

  /** Where it answers, the same for the whole life of the console. */
  URI uri() {
    return uri;
  }

  /** From now on a node that ends is left alone: the console stops. */
  void expectEnd() {
    stopping.countDown();
  }

  @Override
  public void close() {
    expectEnd();
    node.stop();
  }

  private void keepAlive() {
    Duration pause = FIRST_PAUSE;
    try {
      while (stopping.getCount() > 0) {
        int code = node.onExit().join();
        if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        log.error("Elasticsearch ended with code {}; it is started again", code);
        pause = startAgain() ? FIRST_PAUSE : longer(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.debug("Elasticsearch is watched no more", e);
    }
  }

  private boolean startAgain() {
    try {
      ElasticsearchNode again = options.httpPort(uri.getPort()).build().start();
      node = again;
      if (stopping.getCount() == 0) {
        again.stop();
      }
      return true;
    } catch (ElasticsearchStartException e) {
      log.error("Elasticsearch did not start again", e);
      return false;
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }
}
