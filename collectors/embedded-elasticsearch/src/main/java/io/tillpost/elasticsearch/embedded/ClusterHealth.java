package io.tillpost.elasticsearch.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Asks a node over HTTP, so that a wait for it also proves that HTTP answers. */
final class ClusterHealth {

  private ClusterHealth() {}

  /**
   * Returns once every primary shard is there. The server holds each question for at most a second.
   */
  static void awaitYellow(URI node, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    HttpRequest question =
        HttpRequest.newBuilder(node.resolve("/_cluster/health?wait_for_status=yellow&timeout=1s"))
            .timeout(Duration.ofSeconds(30))
            .build();
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build()) {
      while (http.send(question, BodyHandlers.discarding()).statusCode() != 200) {
        deadline.check("it answers, but a primary shard is missing (cluster status red)");
      }
    }
  }
}
