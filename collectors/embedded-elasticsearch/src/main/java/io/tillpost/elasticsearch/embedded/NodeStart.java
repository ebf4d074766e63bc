package io.tillpost.elasticsearch.embedded;

import io.tillpost.elasticsearch.embedded.ElasticsearchStartException.Reason;
import io.tillpost.elasticsearch.embedded.StartReport.Failed;
import io.tillpost.elasticsearch.embedded.StartReport.Started;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One start: unpack, run the child, hear its report, wait for its health. Leaves no child behind
 * when it fails.
 */
final class NodeStart {
  private static final System.Logger LOG = System.getLogger(EmbeddedElasticsearch.class.getName());

  private final NodeOptions options;
  private final Deadline deadline;

  NodeStart(NodeOptions options) {
    this.options = options;
    this.deadline = Deadline.in(options.startTimeout());
  }

  ElasticsearchNode run() {
    try {
      Files.createDirectories(options.data());
      Files.createDirectories(options.logs());
      Files.createDirectories(options.temporary());
      Path distribution = Distribution.unpackBelow(options.distributions());
      return run(distribution);
    } catch (IOException e) {
      throw failure(StartFailures.of(e, options.home()), e);
    } catch (TimeoutException e) {
      String missing = Objects.requireNonNullElse(e.getMessage(), "it has not reported");
      throw failure(
          new Failed(
              Reason.TIMEOUT,
              missing + " after " + options.startTimeout().toSeconds() + " seconds"),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(new Failed(Reason.INTERRUPTED, "the start was interrupted"), e);
    }
  }

  private ElasticsearchNode run(Path distribution)
      throws IOException, TimeoutException, InterruptedException {
    Process process = launch(distribution);
    try {
      URI uri =
          switch (ReportReader.await(process, deadline)) {
            case Started started -> URI.create("http://127.0.0.1:" + started.httpPort());
            case Failed failed -> throw failure(failed, null);
            case null -> throw failure(ended(process), null);
          };
      ClusterHealth.awaitYellow(uri, deadline);
      if (options.shared() == null) {
        deleteOtherDistributions(distribution);
      }
      return new ElasticsearchNode(process, uri);
    } catch (Throwable e) {
      // Also on an Error: a node nobody has a handle to must not stay.
      process.destroyForcibly().onExit().join();
      throw e;
    }
  }

  private Process launch(Path distribution) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(NodeCommand.line(options, distribution));
    NodeCommand.reduce(builder.environment());
    return builder
        .directory(options.home().toFile())
        .redirectError(options.machineLog().toFile())
        .start();
  }

  /** The child ended without a word; the last thing its virtual machine said may tell why. */
  private Failed ended(Process process) throws IOException, InterruptedException {
    int exit = process.waitFor();
    List<String> said = Files.readAllLines(options.machineLog());
    String last = said.isEmpty() ? "" : ": " + said.getLast();
    return new Failed(Reason.OTHER, "its process ended with exit code " + exit + last);
  }

  private void deleteOtherDistributions(Path distribution) {
    try {
      Distribution.deleteOthers(distribution);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "Older servers below " + options.home() + " stay", e);
    }
  }

  private ElasticsearchStartException failure(Failed failed, @Nullable Throwable cause) {
    return new ElasticsearchStartException(
        failed.reason(),
        "Elasticsearch did not start: " + failed.clause() + "; its log is " + options.log() + ".",
        cause);
  }
}
