package io.tillpost.ingest.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The SDK for Node.js, in the versions that ingest is tested with. */
final class JavaScriptSender implements StockSender {
  private static final Path SOURCES = Path.of("..", "ingest", "src", "test", "js");
  private static final long MINUTES = 5;

  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final Process process;
  private final Path told;
  private final ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor();

  private JavaScriptSender(Process process, Path told) {
    this.process = process;
    this.told = told;
    var _ = reader.submit(this::read);
  }

  /** Fetches the SDK as locked, and begins to send. */
  static JavaScriptSender start(Path directory, URI ingest)
      throws IOException, InterruptedException {
    Path home = Files.createDirectories(directory.resolve("js"));
    for (String file : new String[] {"package.json", "package-lock.json", "send-for-long.mjs"}) {
      Files.copy(SOURCES.resolve(file), home.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Path told = home.resolve("told.txt");
    // Neither gets this process's own streams: Node sets them so that nobody else can read them.
    Process install =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();
    if (!install.waitFor(MINUTES, TimeUnit.MINUTES) || install.exitValue() != 0) {
      var _ = install.destroyForcibly();
      throw new IOException("The SDK for Node.js could not be fetched: " + Files.readString(told));
    }
    ProcessBuilder builder =
        new ProcessBuilder("node", "send-for-long.mjs")
            .directory(home.toFile())
            .redirectError(told.toFile());
    String address = ingest.toString();
    builder
        .environment()
        .putAll(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                address.endsWith("/") ? address.substring(0, address.length() - 1) : address,
                "OTEL_METRICS_EXPORTER",
                "none"));
    return new JavaScriptSender(builder.start(), told);
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
      lines.lines().forEach(sent::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Set<String> sent() {
    return sent;
  }

  @Override
  public void close() throws IOException {
    try (reader) {
      process.getOutputStream().close();
      int code = process.onExit().orTimeout(MINUTES, TimeUnit.MINUTES).join().exitValue();
      if (code != 0) {
        throw new IOException(
            "The sender on Node.js ended with " + code + ": " + Files.readString(told));
      }
    } finally {
      var _ = process.destroyForcibly();
    }
  }
}
