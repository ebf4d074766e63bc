package io.tillpost.console.acceptance;

import io.tillpost.testing.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The demo from the jars that this build made, in a process of its own, on free ports of loopback:
 * what {@code ./tillpost demo} starts when nothing has to be built.
 */
final class DemoProcess implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(5);
  private static final Duration END = Duration.ofSeconds(60);
  private static final Pattern ELASTICSEARCH =
      Pattern.compile("Elasticsearch answers at (http://127\\.0\\.0\\.1:\\d+)");

  private final Path home;
  private final List<String> options;
  private final Map<String, String> environment;
  private final int console = FreePorts.next();
  private final int grpc = FreePorts.next();
  private final int http = FreePorts.next();
  private final int channel = FreePorts.next();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private Process process;
  private List<ProcessHandle> children = List.of();

  /**
   * Starts it and returns at once.
   *
   * @param environment more variables, the way a user overrides settings
   * @param options those of the demo, but for its ports
   */
  DemoProcess(Path home, Map<String, String> environment, String... options) {
    this.home = home;
    this.environment = environment;
    this.options = List.of(options);
    this.process = launch();
  }

  /** Starts it again on the same data and ports; it must have ended. */
  void startAgain() {
    lines.clear();
    process = launch();
  }

  /** Waits for the ready line, and says what was printed if it does not come. */
  void awaitReady() {
    awaitLine("Tillpost is ready: " + address());
    children = process.descendants().toList();
  }

  /** Waits for a line with that text. */
  void awaitLine(String text) {
    Awaitility.await(text)
        .atMost(READY)
        .until(() -> lines.stream().anyMatch(l -> l.contains(text)) || !process.isAlive());
    if (lines.stream().noneMatch(line -> line.contains(text))) {
      throw new AssertionError("The demo ended before '" + text + "': " + lines + log());
    }
  }

  /** Where the browser finds it. */
  String address() {
    return "http://localhost:" + console;
  }

  /** Where message events go. */
  URI messageEvents() {
    return URI.create("http://localhost:" + http + "/v1/message-events");
  }

  /** The storage itself, which only tests ask. */
  URI elasticsearch() {
    return lines.stream()
        .map(ELASTICSEARCH::matcher)
        .filter(Matcher::find)
        .map(found -> URI.create(found.group(1)))
        .findFirst()
        .orElseThrow();
  }

  /** What it printed. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Ends the console's process, and only it, as a crash would. */
  void kill() {
    children = process.descendants().toList();
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to end, as Ctrl-C does, and waits for every process that it started. */
  int stop() {
    process.destroy();
    awaitEnd();
    return process.exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }

  private void awaitEnd() {
    Awaitility.await("the end of the console and of all that it started")
        .atMost(END)
        .until(() -> !process.isAlive() && children.stream().noneMatch(ProcessHandle::isAlive));
  }

  private Process launch() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx768m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dtillpost.simulator=" + jar(Path.of("../collectors/estate-simulator/target")),
            "-jar",
            jar(Path.of("target")).toString(),
            "demo"));
    command.addAll(options);
    command.addAll(List.of("--port", Integer.toString(console)));
    command.addAll(List.of("--grpc-port", Integer.toString(grpc)));
    command.addAll(List.of("--http-port", Integer.toString(http)));
    command.addAll(List.of("--channel-port", Integer.toString(channel)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TILLPOST_HOME", home.toString());
    // It lives for two minutes: longer thoughts of the compiler would not pay.
    String quick = "-XX:TieredStopAtLevel=1";
    // Nor does it depend on what the machine speaks, not even on its digits.
    String arabic = " -Duser.language=ar -Duser.country=EG";
    builder.environment().put("JAVA_TOOL_OPTIONS", quick + arabic);
    builder.environment().put("TILLPOST_ELASTICSEARCH_EMBEDDED_JAVAOPTIONS", quick);
    builder.environment().putAll(environment);
    try {
      Process started = builder.start();
      Thread.ofVirtual().name("demo-output").start(() -> read(started));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Process from) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UncheckedIOException e) {
      lines.add("(its output ended: " + e.getMessage() + ")");
    }
  }

  private String log() {
    Path file = home.resolve("logs").resolve("console.log");
    try {
      List<String> all = Files.readAllLines(file);
      return "\n" + String.join("\n", all.subList(Math.max(0, all.size() - 60), all.size()));
    } catch (IOException e) {
      return " (no log: " + e.getMessage() + ")";
    }
  }

  private static Path jar(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(f -> f.getFileName().toString().matches("[a-z-]+-\\d.*-SNAPSHOT\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("No jar in " + directory.toAbsolutePath()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
