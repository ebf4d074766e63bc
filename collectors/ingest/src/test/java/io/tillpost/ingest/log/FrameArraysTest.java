package io.tillpost.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameArraysTest {
  private static final int LARGE = FrameArrays.LARGE_BYTES;
  private static final long MANY_BYTES = 16L << 20;

  private final FrameArrays arrays = new FrameArrays(MANY_BYTES);
  private final Random random = new Random(7);

  @TempDir Path directory;

  private static List<LogRow> rows(byte[]... each) {
    List<LogRow> rows = new ArrayList<>();
    for (byte[] bytes : each) {
      rows.add(new LogRow(rows.size() + 1, 0, bytes, 0, 1));
    }
    return rows;
  }

  @Test
  void anArrayThatWasGivenBackIsUsedOnceMore() {
    byte[] first = arrays.take(LARGE);
    byte[] second = arrays.take(RowFrame.USUAL_BYTES);
    assertThat(second).isNotSameAs(first).hasSameSizeAs(first);
    arrays.giveBack(rows(first, first, second, second));
    assertThat(List.of(arrays.take(LARGE), arrays.take(LARGE), arrays.take(LARGE)))
        .usingElementComparator((a, b) -> a == b ? 0 : 1)
        .startsWith(first, second)
        .doesNotHaveDuplicates();
  }

  @Test
  void smallAndVeryLargeFramesHaveArraysOfTheirSize() {
    for (int bytes : new int[] {100, LARGE - 1, RowFrame.USUAL_BYTES + 1}) {
      byte[] own = arrays.take(bytes);
      assertThat(own).hasSize(bytes);
      arrays.giveBack(rows(own));
      assertThat(arrays.take(LARGE)).isNotSameAs(own);
    }
  }

  @Test
  void noMoreIsKeptThanMayBeAndNothingOnceNothingComes() {
    FrameArrays one = new FrameArrays(1);
    byte[] first = one.take(LARGE);
    byte[] second = one.take(LARGE);
    one.giveBack(rows(first, second));
    assertThat(one.take(LARGE)).isSameAs(first);
    assertThat(one.take(LARGE)).isNotSameAs(second);
    one.giveBack(rows(first));
    one.clear();
    assertThat(one.take(LARGE)).isNotSameAs(first);
  }

  @Test
  void whatWasReadStaysAsItIsUntilItIsForgotten() throws Exception {
    long records = 6_000;
    try (DiskIngestLog log = DiskIngestLog.open(directory, 1L << 30, new SimpleMeterRegistry())) {
      for (long first = 1; first <= records; first += 500) {
        List<IngestRecord> request =
            LongStream.range(first, first + 500).mapToObj(AppendingProcess::usual).toList();
        assertThat(log.append(request, Instant.EPOCH).get()).isEqualTo(new Append.Appended());
      }
      for (int round = 0; round < 5; round++) {
        Queue<List<LogRow>> underWay = new ArrayDeque<>();
        long position = 0;
        while (position < records) {
          // Most batches end within a frame.
          List<LogRow> batch = log.read(position, 300 + random.nextInt(1_500), MANY_BYTES);
          position = batch.getLast().position();
          underWay.add(batch);
          while (underWay.size() > random.nextInt(4)) {
            underWay.forEach(FrameArraysTest::assertThatItIsWhatWasAppended);
            log.forget(underWay.remove());
          }
        }
      }
      byte[] last = log.read(0, 1_000, MANY_BYTES).getFirst().bytes();
      assertThat(last).hasSize(RowFrame.USUAL_BYTES);
      assertThat(log.awaitBeyond(records, Duration.ofMillis(1))).isFalse();
    }
  }

  private static void assertThatItIsWhatWasAppended(List<LogRow> rows) {
    for (LogRow row : rows) {
      OfParked content = (OfParked) ((LogEntry.Intact) row.decoded()).content();
      assertThat(content.id()).isEqualTo(Long.toString(row.position()));
    }
  }
}
