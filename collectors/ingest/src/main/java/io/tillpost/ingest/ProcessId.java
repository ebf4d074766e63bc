package io.tillpost.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Names an ingest process by its log: the same after a restart on the same directory. */
final class ProcessId {
  private ProcessId() {}

  static String of(Path logDirectory) {
    Path file = logDirectory.resolve("process-id");
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(logDirectory);
        Files.writeString(file, UUID.randomUUID().toString());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IngestStartException(
          "The directory of the ingest log cannot be written: " + logDirectory, e);
    }
  }
}
