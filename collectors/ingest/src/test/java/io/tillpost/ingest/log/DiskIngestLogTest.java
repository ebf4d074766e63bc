package io.tillpost.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.CodedOutputStream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.log.IngestRecord.OfSpan;
import io.tillpost.testing.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

class DiskIngestLogTest {
  @TempDir Path directory;
  @TempDir Path temporary;

  private DiskIngestLog open(long maxBytes) {
    return DiskIngestLog.open(directory, maxBytes, new SimpleMeterRegistry());
  }

  private static List<IngestRecord> records(long from, long to) {
    return LongStream.range(from, to).mapToObj(AppendingProcess::record).toList();
  }

  private static List<String> ids(List<LogRow> rows) {
    return rows.stream()
        .map(r -> ((OfParked) ((LogEntry.Intact) r.decoded()).content()).id())
        .toList();
  }

  private static byte[] encoded(IngestRecord record) {
    byte[] buffer = new byte[16_384];
    int end = RecordCodec.encode(record, Instant.EPOCH, buffer, 3);
    return java.util.Arrays.copyOfRange(buffer, 3, end);
  }

  private static LogEntry decoded(byte[] bytes) {
    return RecordCodec.decode(1, bytes, 0, bytes.length);
  }

  @Test
  void aTimeOutOfItsRangeIsDamageOfItsRecordAlone() throws Exception {
    ByteBuffer row = ByteBuffer.allocate(64).putLong(64);
    CodedOutputStream out = CodedOutputStream.newInstance(row);
    for (long part : new long[] {2, 7, Long.MAX_VALUE, 0}) {
      out.writeSInt64NoTag(part);
    }
    out.flush();
    try (RocksTable table = RocksTable.open(directory)) {
      table.write(List.of(new RocksTable.Row(new RocksTable.Mark(1, 64), row.array())));
    }
    try (DiskIngestLog log = open(1 << 20)) {
      assertThat(log.backlog().records()).isEqualTo(1);
      assertThat(log.backlog().oldestAcceptedAt()).isNull();
      assertThat(log.read(0, 10, 1 << 20).getFirst().decoded())
          .isInstanceOf(LogEntry.Unreadable.class);
    }
  }

  @Test
  void whatWasAcceptedSinceAMomentIsFoundAtTheEnd() throws Exception {
    Instant noon = Instant.parse("2026-11-29T12:00:00Z");
    try (DiskIngestLog log = open(1 << 20)) {
      assertThat(log.beforeThoseSince(noon, 100)).isZero();
      for (long i = 0; i < 10; i++) {
        var _ = log.append(records(10 * i, 10 * i + 10), noon.plusSeconds(i)).get();
      }
      for (long i = 0; i < 10; i++) {
        assertThat(log.beforeThoseSince(noon.plusSeconds(i), 100)).isEqualTo(10 * i);
        assertThat(log.beforeThoseSince(noon.plusSeconds(i).minusMillis(1), 100)).isEqualTo(10 * i);
      }
      assertThat(log.beforeThoseSince(noon.plusSeconds(10), 100)).isEqualTo(100);
      assertThat(log.beforeThoseSince(noon, 33)).isEqualTo(67);
      log.moveCheckpoint(80);
      assertThat(log.beforeThoseSince(noon, 100)).isEqualTo(80);
    }
  }

  @Test
  void recordsComeBackInOrderFromTheCheckpointOnAcrossRestarts() throws Exception {
    try (DiskIngestLog log = open(1 << 20)) {
      assertThat(log.append(records(1, 11), Instant.EPOCH).get())
          .isInstanceOf(Append.Appended.class);
      assertThat(ids(log.read(0, 4, 1 << 20))).containsExactly("1", "2", "3", "4");
      assertThat(log.backlog().records()).isEqualTo(10);
      log.moveCheckpoint(4);
      log.moveCheckpoint(4);
      assertThat(log.backlog().records()).isEqualTo(6);
    }
    try (DiskIngestLog log = open(1 << 20)) {
      assertThat(log.checkpoint()).isEqualTo(4);
      assertThat(log.backlog().records()).isEqualTo(6);
      assertThat(log.backlog().oldestAcceptedAt()).isEqualTo(Instant.EPOCH);
      assertThat(ids(log.read(log.checkpoint(), 100, 1 << 20)))
          .containsExactly("5", "6", "7", "8", "9", "10");
      log.moveCheckpoint(10);
      assertThat(log.backlog()).isEqualTo(Backlog.EMPTY);
      assertThat(log.awaitBeyond(10, Duration.ofMillis(1))).isFalse();
      var _ = log.append(records(11, 12), Instant.EPOCH).get();
      assertThat(log.awaitBeyond(10, Duration.ofSeconds(1))).isTrue();
      assertThat(ids(log.read(10, 100, 1 << 20))).containsExactly("11");
    }
  }

  @Test
  void whatGoesWrongInsideIsAnsweredAndTheLogGoesOn() throws Exception {
    try (DiskIngestLog log = open(1 << 20)) {
      var _ = log.append(records(1, 3), Instant.EPOCH).get();
      // Without the room for its running size the writer breaks over it, not over the disk.
      List<RowFrame.Encoded> broken = List.of(new RowFrame.Encoded(new byte[1], 1));
      assertThat(log.append(broken).get(10, TimeUnit.SECONDS))
          .isInstanceOf(Append.Unavailable.class);
      await().until(() -> log.problem() == null);
      assertThat(log.append(records(3, 4), Instant.EPOCH).get())
          .isInstanceOf(Append.Appended.class);
      assertThat(ids(log.read(0, 10, 1 << 20))).containsExactly("1", "2", "3");
    }
  }

  @Test
  void noRecordTakesThePlaceOfOneThatTheDiskHasLost() throws Exception {
    try (DiskIngestLog log = open(1 << 20)) {
      for (int i = 0; i < 3; i++) {
        var _ = log.append(records(1, 5), Instant.EPOCH).get();
      }
      assertThat(log.read(0, 100, 1 << 20)).hasSize(12);
      try (Stream<Path> files = Files.list(directory)) {
        for (Path synced : files.filter(file -> file.toString().endsWith(".log")).toList()) {
          Files.delete(synced);
        }
      }
      var _ = log.append(List.of(new RowFrame.Encoded(new byte[1], 1))).get();
      await().until(() -> log.problem() == null);
      var _ = log.append(records(5, 7), Instant.EPOCH).get();
      List<LogRow> behind = log.read(12, 100, 1 << 20);
      assertThat(ids(behind)).containsExactly("5", "6");
      assertThat(behind).extracting(LogRow::position).containsExactly(13L, 14L);
      assertThat(log.backlog().records()).isEqualTo(14);
      // What was read before the loss is done all the same.
      log.moveCheckpoint(8);
      log.moveCheckpoint(12);
      assertThat(log.backlog().records()).isEqualTo(2);
      log.moveCheckpoint(13);
      log.moveCheckpoint(14);
      assertThat(log.backlog()).isEqualTo(Backlog.EMPTY);
      assertThat(log.isFullFor((1 << 20) - 1)).isFalse();
    }
    try (DiskIngestLog log = open(1 << 20)) {
      assertThat(log.checkpoint()).isEqualTo(14);
    }
  }

  @Test
  void aLogOfBeforeThereWereFramesIsGoneOnWith() throws Exception {
    long size = 0;
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB before = RocksDB.open(options, directory.toString())) {
      for (long position = 1; position <= 3; position++) {
        byte[] record = encoded(AppendingProcess.record(position));
        size += Long.BYTES + record.length;
        byte[] key = ByteBuffer.allocate(9).put((byte) 'r').putLong(position).array();
        before.put(
            key, ByteBuffer.allocate(Long.BYTES + record.length).putLong(size).put(record).array());
        if (position == 1) {
          before.put(new byte[] {'c'}, ByteBuffer.allocate(16).putLong(1).putLong(size).array());
        }
      }
    }
    for (int start = 0; start < 2; start++) {
      try (DiskIngestLog log = open(1 << 20)) {
        assertThat(log.checkpoint()).isEqualTo(1 + start);
        List<LogRow> rows = log.read(log.checkpoint(), 100, 1 << 20);
        assertThat(ids(rows).subList(0, 2 - start)).isEqualTo(List.of("2", "3").subList(start, 2));
        assertThat(log.append(records(4 + start, 5 + start), Instant.EPOCH).get())
            .isInstanceOf(Append.Appended.class);
        log.moveCheckpoint(2 + start);
      }
    }
    try (DiskIngestLog log = open(1 << 20)) {
      assertThat(ids(log.read(log.checkpoint(), 100, 1 << 20))).containsExactly("4", "5");
      assertThat(log.backlog().records()).isEqualTo(2);
    }
  }

  @Test
  void aFullLogTakesNothingUntilTheCheckpointMoves() throws Exception {
    try (DiskIngestLog log = open(10_000)) {
      assertThat(log.append(records(1, 11), Instant.EPOCH).get())
          .isInstanceOf(Append.Appended.class);
      assertThat(log.append(records(11, 31), Instant.EPOCH).get())
          .isInstanceOf(Append.OverCapacity.class);
      assertThat(log.read(10, 1, 1)).isEmpty();
      log.moveCheckpoint(10);
      assertThat(log.append(records(11, 21), Instant.EPOCH).get())
          .isInstanceOf(Append.Appended.class);
    }
  }

  @Test
  void whatIsReadAtOnceIsBoundedByTheMemoryThatItTakes() throws Exception {
    try (DiskIngestLog log = open(10_000)) {
      for (int request = 0; request < 3; request++) {
        // A hundred that resemble each other take some 55 kB, and on disk a thirtieth of that.
        assertThat(
                log.append(
                        LongStream.range(0, 100).mapToObj(AppendingProcess::usual).toList(),
                        Instant.EPOCH)
                    .get())
            .isInstanceOf(Append.Appended.class);
      }
      assertThat(log.read(0, 1_000, 60_000)).hasSize(200);
      int one = log.read(0, 100, 1 << 20).getFirst().bytes().length;
      assertThat(one).as("no more is read than is wanted").isLessThan(60_000);
      assertThat(log.read(0, 300, 1 << 20).getFirst().bytes()).hasSize(3 * one);
      assertThat(log.backlog().bytes()).isLessThan(10_000);
    }
  }

  @Test
  void aClosedLogIsUnavailable() throws Exception {
    DiskIngestLog log = open(10_000);
    log.close();
    assertThat(log.append(records(1, 2), Instant.EPOCH).get())
        .isInstanceOf(Append.Unavailable.class);
    assertThat(log.backlog()).isEqualTo(Backlog.EMPTY);
  }

  @Test
  void eventsAndSpansComeBackAsTheyWere() {
    var event = new OfEvent(Samples.aSale().event(io.tillpost.message.Stage.FAILED));
    var bytes = encoded(event);
    assertThat(decoded(bytes)).isEqualTo(new LogEntry.Intact(1, Instant.EPOCH, event));
    var span = new OfSpan(Samples.aSpan().build());
    bytes = encoded(span);
    assertThat(decoded(bytes)).isEqualTo(new LogEntry.Intact(1, Instant.EPOCH, span));
  }

  @Test
  void aRecordThatWasWrittenBeforeThereWereGroupsIsReadable() {
    var event = new OfEvent(Samples.aSale().event(io.tillpost.message.Stage.FAILED));
    byte[] bytes = encoded(event);
    assertThat(LogRow.of(1, bytes, 0, bytes.length).group()).isNotZero();
    int end = 1;
    while (bytes[end] < 0) {
      end++;
    }
    byte[] before = java.util.Arrays.copyOfRange(bytes, end, bytes.length);
    before[0] = 2;
    assertThat(decoded(before)).isEqualTo(new LogEntry.Intact(1, Instant.EPOCH, event));
    LogRow row = LogRow.of(1, before, 0, before.length);
    assertThat(row.group()).isZero();
    assertThat(row.kind()).isEqualTo(RecordKind.EVENT);
  }

  @Test
  void damagedBytesAreUnreadableAndNothingWorse() {
    byte[] bytes = encoded(AppendingProcess.record(1));
    for (int length = 0; length < bytes.length; length += 13) {
      assertThat(decoded(java.util.Arrays.copyOf(bytes, length)))
          .isInstanceOf(LogEntry.Unreadable.class);
    }
    bytes[0] = 99;
    assertThat(decoded(bytes)).isInstanceOf(LogEntry.Unreadable.class);
  }

  @Test
  void afterKillMinusNineEverythingAcknowledgedIsThere() throws Exception {
    long acknowledged = 0;
    for (int round = 0; round < 3; round++) {
      acknowledged = appendAndKill(acknowledged + 1);
      try (DiskIngestLog log = open(1L << 30)) {
        List<String> ids = ids(log.read(0, 1_000_000, 1L << 30));
        assertThat(ids).hasSizeGreaterThanOrEqualTo((int) acknowledged);
        for (int i = 0; i < ids.size(); i++) {
          assertThat(ids.get(i)).isEqualTo(Long.toString(i + 1));
        }
        acknowledged = ids.size();
      }
    }
    assertThat(temporary)
        .as("nothing large is left behind")
        .isDirectoryNotContaining(DiskIngestLogTest::isLarge);
    assertThat(directory.resolve("library")).isDirectoryContaining(DiskIngestLogTest::isLarge);
  }

  /** Of the size of a library. */
  private static boolean isLarge(Path file) {
    return file.toFile().length() > 1 << 20;
  }

  private long appendAndKill(long first) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                AppendingProcess.class.getName(),
                directory.toString(),
                Long.toString(first))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      long last = 0;
      for (int i = 0; i < 40; i++) {
        last = Long.parseLong(out.readLine());
      }
      // Not process.destroyForcibly(): it would close the pipe with what is still to be read in it.
      assertThat(process.toHandle().destroyForcibly()).isTrue();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        // A line that the kill cut off is a number too small, never one too large.
        last = Math.max(last, Long.parseLong(line));
      }
      return last;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
