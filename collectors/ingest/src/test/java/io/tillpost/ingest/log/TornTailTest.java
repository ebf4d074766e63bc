package io.tillpost.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Base64;
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

  /** What stands behind the end of a file that was used before are its records of that time. */
  @Test
  void whatWasSyncedIsThereAlsoInAFileThatWasUsedBefore() throws Exception {
    Path killed = directory.resolve("killed");
    try (DiskIngestLog log =
        DiskIngestLog.open(killed, Long.MAX_VALUE, new SimpleMeterRegistry())) {
      long last = 0;
      for (int found = 0; found < 3; last++) {
        assertThat(log.append(List.of(large(last)), Instant.EPOCH).get())
            .isInstanceOf(Append.Appended.class);
        if (last % 8 == 7) {
          log.moveCheckpoint(last - 4);
        }
        if (last % 50 == 49 && isUsedAgain(killed)) {
          Path copy = directory.resolve("copy-" + last);
          copy(killed, copy);
          assertThat(positions(copy))
              .as("after " + last)
              .isEqualTo(LongStream.rangeClosed(log.checkpoint() + 1, last + 1).boxed().toList());
          found++;
        }
        assertThat(last).as("megabytes without a file that is used again").isLessThan(600);
      }
    }
  }

  /** A megabyte that nothing makes smaller. */
  private static IngestRecord large(long number) {
    byte[] noise = new byte[786_432];
    new Random(number).nextBytes(noise);
    return AppendingProcess.record(number, Base64.getEncoder().encodeToString(noise));
  }

  /** RocksDB tells of it in a log of its own. */
  private static boolean isUsedAgain(Path log) throws IOException {
    try (Stream<Path> files = Files.walk(log)) {
      Path told = files.filter(file -> file.endsWith("LOG")).findFirst().orElseThrow();
      return Files.readString(told).contains("from recycle list");
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
      return log.read(log.checkpoint(), 100, Long.MAX_VALUE).stream()
          .map(LogRow::position)
          .toList();
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
      for (Path file : files.filter(one -> !one.startsWith(from.resolve("library"))).toList()) {
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
