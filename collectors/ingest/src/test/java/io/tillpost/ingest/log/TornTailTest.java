package io.tillpost.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was synced is whole after a power cut; behind it there may be anything. */
class TornTailTest {
  private static final long BYTES = 1 << 20;

  /** Of a record's header in RocksDB's log: a checksum, the length of what follows, the type. */
  private static final int LENGTH_AT = 4;

  private static final int TYPE_AT = 6;

  @TempDir Path directory;

  @Test
  void whateverStandsBehindWhatWasSyncedTheLogOpensWithAllOfThat() throws Exception {
    Path killed = directory.resolve("killed");
    try (DiskIngestLog log = DiskIngestLog.open(killed, BYTES, new SimpleMeterRegistry())) {
      for (long i = 1; i <= 5; i++) {
        assertThat(log.append(List.of(AppendingProcess.record(i)), Instant.EPOCH).get())
            .isInstanceOf(Append.Appended.class);
      }
      for (int type = 0; type < 16; type++) {
        // Most of what is read as a header names no type that there is; each is to be tried.
        opensWith(killed, "type-" + type, headerOf(type));
      }
      for (int seed = 0; seed < 8; seed++) {
        opensWith(killed, "seed-" + seed, random(seed, 3_000));
      }
    }
  }

  /** A copy of what a kill would leave, with these bytes behind it. */
  private void opensWith(Path killed, String name, byte[] tail) throws Exception {
    Path torn = directory.resolve(name);
    copy(killed, torn);
    try (Stream<Path> files = Files.walk(torn)) {
      Path newest =
          files
              .filter(file -> file.toString().endsWith(".log"))
              .max(Comparator.naturalOrder())
              .orElseThrow();
      Files.write(newest, tail, StandardOpenOption.APPEND);
    }
    // On a thread that is left behind where opening never ends.
    List<Long> found =
        CompletableFuture.supplyAsync(() -> positions(torn)).get(60, TimeUnit.SECONDS);
    assertThat(found).as(name).isEqualTo(LongStream.rangeClosed(1, 5).boxed().toList());
  }

  private static List<Long> positions(Path torn) {
    try (DiskIngestLog log = DiskIngestLog.open(torn, BYTES, new SimpleMeterRegistry())) {
      return log.read(0, 100, BYTES).stream().map(LogRow::position).toList();
    }
  }

  private static byte[] headerOf(int type) {
    byte[] tail = random(type, 200);
    tail[LENGTH_AT] = 16;
    tail[LENGTH_AT + 1] = 0;
    tail[TYPE_AT] = (byte) type;
    return tail;
  }

  private static byte[] random(long seed, int count) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copied = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(copied);
        } else {
          Files.copy(file, copied);
        }
      }
    }
  }
}
