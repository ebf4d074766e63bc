package io.tillpost.ingest.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.tillpost.ingest.IngestApplication;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** Ingest as a process of its own, to be killed, paused and started again on its directory. */
final class IngestProcessUnderTest implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("Ingest listens on .*HTTP (\\d+)");
  private static final Duration START = Duration.ofMinutes(2);
  private static final long STOP_SECONDS = 60;

  private final Process process;
  private final URI http;
  private final Path output;

  private IngestProcessUnderTest(Process process, URI http, Path output) {
    this.process = process;
    this.http = http;
    this.output = output;
  }

  /**
   * Starts it and returns once it listens.
   *
   * @param directory of its ingest log and of what it says
   * @param options like {@code --tillpost.ingest.log.max-size=1MB}
   */
  static IngestProcessUnderTest start(
      Path directory, URI elasticsearch, String prefix, String... options) throws IOException {
    Path output = Files.createTempFile(directory, "ingest-", ".out");
    Process process =
        new ProcessBuilder(command(directory, elasticsearch, prefix, options))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      await().atMost(START).until(() -> !process.isAlive() || port(output) > 0);
      if (port(output) > 0) {
        return new IngestProcessUnderTest(
            process, URI.create("http://127.0.0.1:" + port(output) + "/"), output);
      }
      throw new AssertionError("Ingest did not start:\n" + Files.readString(output));
    } catch (ConditionTimeoutException e) {
      process.destroyForcibly();
      throw new AssertionError("Ingest never listens; it said:\n" + Files.readString(output), e);
    } catch (IOException | RuntimeException | AssertionError e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static List<String> command(
      Path directory, URI elasticsearch, String prefix, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Room for hardly more than one request of the largest size.
                "-Xmx160m",
                "-XX:TieredStopAtLevel=1",
                // What a killed one leaves there ends with the test.
                "-Djava.io.tmpdir=" + directory,
                // Its classes, read once for all processes of a build.
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + Path.of("target", "ingest.jsa").toAbsolutePath(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                jars(),
                IngestApplication.class.getName(),
                "--tillpost.ingest.grpc-port=0",
                "--tillpost.ingest.http-port=0",
                "--tillpost.ingest.log.directory=" + directory.resolve("log"),
                "--tillpost.elasticsearch.urls=" + elasticsearch,
                "--tillpost.elasticsearch.index-prefix=" + prefix));
    command.addAll(List.of(options));
    return command;
  }

  /**
   * The class path without the tests' own directories: with a directory in it no archive is made.
   */
  private static String jars() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Where it listens, or 0 as long as it does not say so. */
  private static int port(Path output) throws IOException {
    Matcher listens = LISTENS.matcher(new String(Files.readAllBytes(output), UTF_8));
    return listens.find() ? Integer.parseInt(listens.group(1)) : 0;
  }

  /** The address of its HTTP endpoints. */
  URI http() {
    return http;
  }

  /** Whether it has said this so far. */
  boolean hasSaid(String words) throws IOException {
    return new String(Files.readAllBytes(output), UTF_8).contains(words);
  }

  long pid() {
    return process.pid();
  }

  /** {@code kill -9}: nothing of it gets a chance to close anything. */
  void kill() {
    var _ = process.destroyForcibly().onExit().join();
  }

  /** Lets no write of the process go beyond so many bytes of a file: its disk is full. */
  void limitFilesTo(long bytes) throws IOException, InterruptedException {
    run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":");
  }

  /** The disk has room again. */
  void liftLimit() throws IOException, InterruptedException {
    run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=unlimited:");
  }

  static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + code + ": " + told);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      var _ = process.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
    } finally {
      var _ = process.destroyForcibly();
    }
  }
}
