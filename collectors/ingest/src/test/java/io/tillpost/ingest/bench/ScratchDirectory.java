package io.tillpost.ingest.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory below {@code target/} for one run; gone afterwards. */
record ScratchDirectory(Path path) implements AutoCloseable {
  /** Beside the classes, on a disk as real as theirs; a directory in memory would make no syncs. */
  static ScratchDirectory create() throws IOException, URISyntaxException {
    URI classes =
        ScratchDirectory.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path target = Path.of(classes).toAbsolutePath().getParent();
    return new ScratchDirectory(Files.createTempDirectory(target, "bench-"));
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("What the benchmark wrote is left at " + path, e);
    }
  }
}
