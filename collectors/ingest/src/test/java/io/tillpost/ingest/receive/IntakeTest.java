package io.tillpost.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.ingest.log.Append;
import io.tillpost.ingest.log.Backlog;
import io.tillpost.ingest.log.IngestLog;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfSpan;
import io.tillpost.ingest.log.LogRow;
import io.tillpost.ingest.log.LogTail;
import io.tillpost.ingest.progress.IngestMetrics;
import io.tillpost.ingest.progress.SenderActivity;
import io.tillpost.testing.Samples;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final Sender SENDER = Sender.unbound("test");

  private final HeldBackLog log = new HeldBackLog();
  private final IngestMetrics metrics = new IngestMetrics(new SimpleMeterRegistry());
  private final SenderActivity activity = new SenderActivity(metrics, Clock.systemUTC());
  private final Intake intake =
      new Intake(
          log,
          metrics,
          new Backpressure(metrics, activity, new Random(1)),
          activity,
          Clock.systemUTC());
  private final Delivery delivery =
      new Delivery(List.of(new OfSpan(Samples.aSpan().build())), List.of(), 0);

  @Test
  void nobodyIsToldThatRecordsAreAcceptedBeforeTheyAreDurable() {
    CompletableFuture<Taken> taken = intake.take(SENDER, delivery);
    assertThat(taken).isNotDone();
    assertThat(metrics.totals().accepted()).isZero();
    log.disk.complete(new Append.Appended());
    assertThat(taken).isCompletedWithValue(new Taken.Durable());
    assertThat(metrics.totals().accepted()).isEqualTo(1);
  }

  @Test
  void aFullLogAndABrokenOneAreToldApart() {
    CompletableFuture<Taken> taken = intake.take(SENDER, delivery);
    log.disk.complete(new Append.OverCapacity("full"));
    assertThat(taken.join())
        .isInstanceOfSatisfying(Taken.TurnedAway.class, away -> assertThat(away.full()).isTrue());
    log.disk = CompletableFuture.completedFuture(new Append.Unavailable("broken"));
    assertThat(intake.take(SENDER, delivery).join())
        .isInstanceOfSatisfying(Taken.TurnedAway.class, away -> assertThat(away.full()).isFalse());
    assertThat(metrics.totals().accepted()).isZero();
  }

  @Test
  void whatIsTurnedAwayDoesNotCountAgainstTheQuota() {
    Sender bound = new Sender("bound", Set.of(), 1L, null, () -> 0);
    Delivery many =
        new Delivery(Collections.nCopies(50, delivery.accepted().getFirst()), List.of(), 0);
    for (Append refusal :
        List.of(new Append.OverCapacity("full"), new Append.Unavailable("broken"))) {
      log.disk = CompletableFuture.completedFuture(refusal);
      var _ = intake.take(bound, many).join();
      assertThat(bound.overQuotaFor()).isZero();
    }
    log.disk = CompletableFuture.completedFuture(new Append.Appended());
    var _ = intake.take(bound, many).join();
    assertThat(bound.overQuotaFor()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(41));
  }

  @Test
  void sendersAreToldToComeBackAtDifferentTimes() {
    Backpressure backpressure = new Backpressure(metrics, activity, new Random(1));
    List<Duration> waits =
        java.util.stream.IntStream.range(0, 100)
            .mapToObj(_ -> backpressure.full(SENDER, "full").retryAfter())
            .toList();
    assertThat(waits)
        .allMatch(wait -> wait.toMillis() >= 1_000 && wait.toMillis() <= 15_000)
        .anyMatch(wait -> wait.toMillis() < 4_000)
        .anyMatch(wait -> wait.toMillis() > 12_000);
    assertThat(waits.stream().distinct()).hasSizeGreaterThan(90);
  }

  /** A log whose disk answers when the test says so. */
  private static final class HeldBackLog implements IngestLog {
    private CompletableFuture<Append> disk = new CompletableFuture<>();

    @Override
    public CompletableFuture<Append> append(List<IngestRecord> records, Instant acceptedAt) {
      return disk;
    }

    @Override
    public @Nullable String problem() {
      return null;
    }

    @Override
    public List<LogRow> read(long after, int maxRecords, long maxBytes) {
      return List.of();
    }

    @Override
    public boolean awaitBeyond(long position, Duration timeout) {
      return false;
    }

    @Override
    public long waitingBehind(long position) {
      return 0;
    }

    @Override
    public LogTail tail(long after, Instant since, int most) {
      throw new UnsupportedOperationException("Nothing waits");
    }

    @Override
    public long checkpoint() {
      return 0;
    }

    @Override
    public void moveCheckpoint(long position) {
      throw new UnsupportedOperationException("Nothing was read");
    }

    @Override
    public boolean isFullFor(long bytes) {
      return false;
    }

    @Override
    public boolean isNearlyFull() {
      return false;
    }

    @Override
    public Backlog backlog() {
      return Backlog.EMPTY;
    }

    @Override
    public void close() {
      disk.complete(new Append.Unavailable("closed"));
    }
  }
}
