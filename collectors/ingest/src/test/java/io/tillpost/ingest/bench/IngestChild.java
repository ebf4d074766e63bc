package io.tillpost.ingest.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** Ingest as users run it beyond one machine: a process of its own, here on free ports. */
final class IngestChild implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("Ingest listens on .* HTTP (\\d+)");

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final URI uri;

  /**
   * Starts it and waits until it listens.
   *
   * @param heap like {@code 512m}
   * @param classPath what to run: this build, or another one to compare with
   * @param more arguments
   */
  IngestChild(
      Path directory,
      URI elasticsearch,
      String prefix,
      String heap,
      String classPath,
      String... more)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    // As its Dockerfile starts it.
    command.addAll(
        List.of("-XX:+UseG1GC", "-XX:-G1UseAdaptiveIHOP", "-XX:InitiatingHeapOccupancyPercent=60"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    String flags = System.getenv("TILLPOST_BENCH_JAVA_OPTION");
    if (flags != null) {
      command.add(flags);
    }
    command.addAll(
        List.of(
            "-cp",
            classPath,
            "io.tillpost.ingest.IngestApplication",
            "--tillpost.ingest.grpc-port=0",
            "--tillpost.ingest.http-port=0",
            "--tillpost.ingest.log.directory=" + directory,
            "--tillpost.elasticsearch.urls=" + elasticsearch,
            "--tillpost.elasticsearch.index-prefix=" + prefix,
            "--spring.main.banner-mode=off"));
    command.addAll(List.of(more));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    CompletableFuture<Integer> port = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> readOutput(process, port));
    uri = URI.create("http://127.0.0.1:" + port.get(60, TimeUnit.SECONDS));
  }

  /** This build with 512 MB of heap, with its log below the directory. */
  static IngestChild ofThisBuild(Path directory, URI elasticsearch, String... more)
      throws Exception {
    return ofThisBuild(directory, elasticsearch, 512, more);
  }

  /** This build with so many megabytes of heap, with its log below the directory. */
  static IngestChild ofThisBuild(
      Path directory, URI elasticsearch, int heapMebibytes, String... more) throws Exception {
    return new IngestChild(
        directory.resolve("log"),
        elasticsearch,
        "ours-",
        heapMebibytes + "m",
        System.getProperty("tillpost.bench.classpath", System.getProperty("java.class.path")),
        more);
  }

  private static void readOutput(Process process, CompletableFuture<Integer> port) {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher listens = LISTENS.matcher(line);
        if (listens.find()) {
          port.complete(Integer.parseInt(listens.group(1)));
        } else if (line.contains(" ERROR ") || line.contains(" WARN ")) {
          System.err.println(line);
        }
      }
    } catch (IOException e) {
      port.completeExceptionally(e);
    }
    port.completeExceptionally(new IllegalStateException("Ingest ended before it listened"));
  }

  URI uri() {
    return uri;
  }

  /** How many records it has taken that are not in the store yet, with the states they change. */
  long backlog() throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        HTTP.send(
            HttpRequest.newBuilder(uri.resolve("/health")).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    return JSON.readTree(answer.body()).path("backlog").asLong();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
    if (process.isAlive()) {
      process.destroyForcibly().onExit().join();
    }
  }
}
