package io.tillpost.console.demo;

import io.tillpost.console.start.Progress;
import io.tillpost.console.start.StartRefused;
import io.tillpost.console.text.CountText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The simulated estate, a process of its own that speaks the public protocols only. Started last,
 * ended first; it ends by itself when this process does, because its standard input is a pipe from
 * here.
 */
final class Simulator implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Simulator.class);
  private static final long STOP_SECONDS = 15;

  private final Path jar;
  private final DemoOptions options;
  private final Path home;
  private final DemoPorts ports;
  private final String channelSecret;
  private final Progress progress;
  private final CountDownLatch historyOrEnd = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile @Nullable Process process;
  private volatile String lastComplaint = "";
  private volatile boolean stopping;

  Simulator(
      Path jar,
      DemoOptions options,
      Path home,
      DemoPorts ports,
      String channelSecret,
      Progress progress) {
    this.jar = jar;
    this.options = options;
    this.home = home;
    this.ports = ports;
    this.channelSecret = channelSecret;
    this.progress = progress;
  }

  /** Writes the stores of the estate as CSV. */
  static Path writeStores(Path jar, DemoOptions options, Path directory) {
    return write(
        jar,
        directory.resolve("stores.csv"),
        "stores",
        "--stores",
        Integer.toString(options.stores()),
        "--seed",
        Long.toString(options.seed()));
  }

  /** Writes the JSON Schema of the payload of its sales. */
  static Path writeSchema(Path jar, Path directory) {
    return write(jar, directory.resolve("sales-posting.schema.json"), "schema");
  }

  /** Writes what the simulator prints when it is asked that. */
  private static Path write(Path jar, Path file, String... arguments) {
    try {
      Files.createDirectories(file.getParent());
      List<String> command = new ArrayList<>(List.of(java(), "-jar", jar.toString()));
      command.addAll(List.of(arguments));
      Process asked =
          new ProcessBuilder(command)
              .redirectOutput(file.toFile())
              .redirectErrorStream(false)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      int code = asked.waitFor();
      if (code != 0) {
        throw new StartRefused(
            "The simulator could not tell its %s (code %d).".formatted(arguments[0], code));
      }
      return file;
    } catch (IOException e) {
      throw new StartRefused(
          "The simulator could not tell its %s: %s".formatted(arguments[0], e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused("The start was interrupted.", e);
    }
  }

  @Override
  public void start() {
    progress.say("Starting the simulated estate of " + CountText.of(options.stores(), "store"));
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().put("TILLPOST_CHANNEL_SECRET", channelSecret);
    try {
      Process started = builder.start();
      process = started;
      Thread.ofVirtual().name("simulator-out").start(() -> read(started, false));
      Thread.ofVirtual().name("simulator-err").start(() -> read(started, true));
      var _ = started.onExit().thenAccept(this::ended);
    } catch (IOException e) {
      throw new StartRefused("The simulator did not start: " + e.getMessage(), e);
    }
  }

  /**
   * Returns when the history is sent and most of it can be seen, each at most after that time.
   *
   * @throws StartRefused if the simulator ended before
   */
  void awaitHistory(Duration atMost, Indexing indexing) {
    try {
      if (historyOrEnd.await(atMost.toSeconds(), TimeUnit.SECONDS)) {
        indexing.awaitMost(atMost, end);
      } else {
        progress.say("The history goes on in the background");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused("The start was interrupted.", e);
    }
    Process running = process;
    if (!stopping && (running == null || !running.isAlive())) {
      throw new StartRefused(
          lastComplaint.isBlank() ? "The simulator ended; see the log." : lastComplaint);
    }
  }

  @Override
  public void stop() {
    stopping = true;
    end.countDown();
    historyOrEnd.countDown();
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroy();
    try {
      if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        log.warn("The simulator did not end in {} seconds and is killed", STOP_SECONDS);
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    Process running = process;
    return running != null && running.isAlive();
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx384m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-jar", jar.toString(), "run", "--exit-with-parent"));
    command.addAll(List.of("--stores", Integer.toString(options.stores())));
    command.addAll(List.of("--rate", Double.toString(options.rate())));
    command.addAll(List.of("--seed", Long.toString(options.seed())));
    command.addAll(List.of("--history", options.history()));
    command.addAll(List.of("--otlp", "http://localhost:" + ports.grpc()));
    command.addAll(List.of("--events", "http://localhost:" + ports.http() + "/v1/message-events"));
    command.addAll(List.of("--channel-port", Integer.toString(ports.channel())));
    command.addAll(List.of("--state", home.resolve("simulator").toString()));
    return command;
  }

  private void read(Process from, boolean complaints) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                complaints ? from.getErrorStream() : from.getInputStream(),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.info("simulator: {}", line);
        if (complaints) {
          lastComplaint = line;
        } else {
          heard(line);
        }
      }
    } catch (IOException e) {
      log.debug("The simulator is read no more", e);
    }
  }

  private void heard(String line) {
    if (line.startsWith("progress history ")) {
      progress.say("History: " + line.substring("progress history ".length()));
    } else if (line.startsWith("history done")) {
      progress.say("History sent" + line.substring("history done".length()));
      historyOrEnd.countDown();
    }
  }

  private void ended(Process gone) {
    end.countDown();
    historyOrEnd.countDown();
    if (!stopping) {
      log.error("The simulator ended with code {}: {}", gone.exitValue(), lastComplaint);
      progress.say(
          "The simulated estate ended with code " + gone.exitValue() + ": " + lastComplaint);
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
