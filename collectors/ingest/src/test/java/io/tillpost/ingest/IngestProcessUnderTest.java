package io.tillpost.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ingest as a process of its own, to be killed. */
final class IngestProcessUnderTest implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("Ingest listens on .*HTTP (\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private IngestProcessUnderTest(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static IngestProcessUnderTest start(Path directory, URI elasticsearch, String prefix)
      throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                IngestApplication.class.getName(),
                "--tillpost.ingest.grpc-port=0",
                "--tillpost.ingest.http-port=0",
                "--tillpost.ingest.log.directory=" + directory,
                "--tillpost.elasticsearch.urls=" + elasticsearch,
                "--tillpost.elasticsearch.index-prefix=" + prefix)
            .redirectErrorStream(true)
            .start();
    StringBuilder said = new StringBuilder();
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      Matcher listens = LISTENS.matcher(line);
      if (listens.find()) {
        Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
        return new IngestProcessUnderTest(process, Integer.parseInt(listens.group(1)));
      }
    }
    throw new AssertionError("Ingest did not start:\n" + said);
  }

  /** The status of the answer. */
  int post(String body) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + port + "/v1/message-events"))
                .header("Content-Type", "application/cloudevents-batch+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    client.close();
  }
}
