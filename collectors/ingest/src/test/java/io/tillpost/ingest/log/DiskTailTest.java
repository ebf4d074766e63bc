package io.tillpost.ingest.log;

import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.message.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTailTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final Duration TICK = Duration.ofMillis(10);

  @TempDir Path directory;
  private DiskIngestLog log;

  @BeforeEach
  void open() {
    log = DiskIngestLog.open(directory, 64L << 20, new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    log.close();
  }

  private void append(int records, Instant acceptedAt) {
    List<IngestRecord> all =
        Stream.generate(() -> (IngestRecord) new OfEvent(aSale().event(Stage.CAPTURED)))
            .limit(records)
            .toList();
    log.append(all, acceptedAt).join();
  }

  @Test
  void itBeginsWithWhatWasAcceptedLatelyAndTellsHowFarItIsBehind() throws Exception {
    append(100, NOON.minusSeconds(1));
    append(6, NOON);
    LogTail tail = log.tail(0, NOON, 20);
    assertThat(tail.from()).isEqualTo(100);
    assertThat(tail.behind()).isEqualTo(6);

    assertThat(tail.read(TICK, 4, 1 << 20)).hasSize(4);
    append(3, NOON);
    assertThat(tail.behind()).isEqualTo(5);
    assertThat(tail.read(TICK, 100, 1 << 20)).hasSize(5);
    assertThat(tail.read(TICK, 100, 1 << 20)).isEmpty();
    tail.done(107);
    assertThat(tail.merge()).isEqualTo(107);
  }

  @Test
  void whatIsDoneAfterItBeganAnewOfWhatWasReadBeforeTakesItNowhere() throws Exception {
    append(100, NOON);
    LogTail tail = log.tail(0, NOON, 20);
    List<LogRow> before = tail.read(TICK, 100, 1 << 20);
    assertThat(before).hasSize(20);
    append(50, NOON.plusSeconds(1));
    append(10, NOON.plusSeconds(2));

    tail.restart(NOON.plusSeconds(2), 20);
    assertThat(tail.from()).isEqualTo(150);
    tail.done(before.getLast().position());

    assertThat(tail.merge()).isEqualTo(150);
    assertThat(tail.read(TICK, 100, 1 << 20)).hasSize(10);
    tail.done(160);
    assertThat(tail.merge()).isEqualTo(160);
  }

  @Test
  void anewItDoesNotBeginFurtherBack() throws Exception {
    append(100, NOON);
    LogTail tail = log.tail(0, NOON.plusSeconds(1), 20);
    assertThat(tail.from()).isEqualTo(100);
    tail.restart(NOON, 20);
    assertThat(tail.from()).isEqualTo(100);
    assertThat(tail.read(TICK, 100, 1 << 20)).isEmpty();
  }
}
