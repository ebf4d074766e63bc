package io.tillpost.elasticsearch.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads the child's standard output to its end, so that the child never blocks on a full pipe. */
final class ReportReader {

  private ReportReader() {}

  /** The child's report, or null if its output ended without one. */
  static @Nullable StartReport await(Process process, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    CompletableFuture<@Nullable StartReport> report = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("elasticsearch-report-" + process.pid())
        .start(() -> read(process, report));
    try {
      return report.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the child's output broke", e.getCause());
    }
  }

  private static void read(Process process, CompletableFuture<@Nullable StartReport> report) {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Optional<StartReport> parsed = StartReport.parse(line);
        parsed.ifPresent(report::complete);
      }
      report.complete(null);
    } catch (IOException e) {
      // After the report this is how a stop closes the stream; before it, the start fails with it.
      report.completeExceptionally(e);
    }
  }
}
