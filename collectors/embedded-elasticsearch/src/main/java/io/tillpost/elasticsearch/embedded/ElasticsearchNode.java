package io.tillpost.elasticsearch.embedded;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A node that was started and has not been stopped by this handle. Safe for use by several threads.
 */
public final class ElasticsearchNode implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EmbeddedElasticsearch.class.getName());

  /** Longer than the child gives itself to close. */
  private static final long STOP_SECONDS = 30;

  private final Process process;
  private final URI uri;

  ElasticsearchNode(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /** Where it answers: {@code http://127.0.0.1:port}, without a path. */
  public URI uri() {
    return uri;
  }

  /** The child's process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether the child process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Completes with the exit code when the child has ended, whoever ended it; at once if it has
   * already.
   */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /**
   * Closes the node in order and returns when its process is gone; kills it if that takes half a
   * minute or if the calling thread is interrupted, whose flag then stays set. Does nothing when it
   * has ended already.
   */
  public void stop() {
    // Ends its standard input too, which is what the child listens to where there is no SIGTERM.
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Elasticsearch (process {0,number,#}) did not close in {1} seconds and is killed",
            pid(),
            STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (process.isAlive()) {
        process.destroyForcibly().onExit().join();
      }
    }
  }

  /** As {@link #stop()}. */
  @Override
  public void close() {
    stop();
  }
}
