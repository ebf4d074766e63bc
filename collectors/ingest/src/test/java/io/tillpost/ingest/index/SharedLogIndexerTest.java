package io.tillpost.ingest.index;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.LogEntry.Intact;
import io.tillpost.ingest.log.LogRow;
import io.tillpost.ingest.log.SharedLogUnderTest;
import io.tillpost.ingest.progress.IngestMetrics;
import io.tillpost.message.Stage;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in overtakes a backlog also in a log that gives each record once. */
class SharedLogIndexerTest {
  private static final int FAR_BEHIND = 300;
  private static final int BACKLOG = 2_000;
  private static final int STEPS = 40;
  private static final Instant ACCEPTED = MORNING;

  private final GatedWriter writer = new GatedWriter();
  private final Queue<String> passedOver = new ConcurrentLinkedQueue<>();
  private final MutableClock clock = MutableClock.at(ACCEPTED.plusSeconds(60));
  private final SharedLogUnderTest log = new SharedLogUnderTest(this::committed);
  private final Indexer indexer =
      new Indexer(
          log,
          writer.stores(new InMemoryStores()),
          new IngestMetrics(new SimpleMeterRegistry()),
          OpenTelemetry.noop(),
          clock,
          1_000,
          Duration.ofSeconds(30),
          FAR_BEHIND);

  private void committed(LogRow row) {
    if (row.decoded() instanceof Intact intact
        && intact.content() instanceof OfEvent(var event)
        && !writer.hasWritten(event.messageId().value())) {
      passedOver.add(event.messageId().value());
    }
  }

  @AfterEach
  void close() {
    writer.open();
    indexer.close();
    log.close();
  }

  @Test
  void whatComesInIsWrittenWhileTheBacklogWaitsAndOnceOnly() {
    List<String> backlog = captured(BACKLOG);
    writer.close(backlog.getFirst());
    indexer.start();
    List<String> fresh = sendUntilOneIsWritten();
    // At least those of the partition in which one is not taken.
    assertThat(log.uncommitted()).isGreaterThan(BACKLOG / 4);

    writer.open();
    eventually().until(() -> log.uncommitted() == 0);

    List<String> later = captured(1);
    eventually().until(() -> log.uncommitted() == 0);
    assertThat(writer.byMessage().keySet()).containsAll(backlog).containsAll(fresh);
    assertThat(writer.byMessage().keySet()).containsAll(later);
    assertThat(writer.byMessage().values()).as("how often").allMatch(events -> events.size() == 1);
    assertThat(passedOver).isEmpty();
  }

  @Test
  void afterAnOutageTheFirstThatIsTakenOvertakesAllThatCameBefore() {
    writer.failTimes(Integer.MAX_VALUE);
    List<String> backlog = new ArrayList<>(captured(BACKLOG));
    indexer.start();
    // Whichever partition is read first.
    eventually().until(() -> backlog.stream().anyMatch(writer::wasAskedFor));
    String tried = backlog.stream().filter(writer::wasAskedFor).findFirst().orElseThrow();
    // Now what comes in is tried.
    backlog.addAll(sendUntilOneIs(writer::wasAskedFor));
    List<String> during = new ArrayList<>(captured(BACKLOG));
    int inVain = during.size();
    during.addAll(sendUntilOneIs(writer::wasAskedFor));
    writer.close(tried);
    writer.failTimes(0);

    List<String> after = sendUntilOneIsWritten();

    assertThat(during.subList(0, inVain)).noneMatch(writer::hasWritten);
    writer.open();
    eventually().until(() -> log.uncommitted() == 0);
    assertThat(writer.byMessage()).hasSize(backlog.size() + during.size() + after.size());
    assertThat(passedOver).isEmpty();
  }

  @Test
  void aFewThatWereReadAndAreNotTakenAreOvertakenAndNotForgotten() {
    String held = captured(1).getFirst();
    writer.close(held);
    indexer.start();
    eventually().until(() -> writer.wasAskedFor(held));
    // Few enough to be one part, which waits for the one that is under way.
    List<String> few = captured(5);
    eventually().until(() -> log.read() > 1);
    captured(BACKLOG);

    List<String> after = sendUntilOneIsWritten();

    writer.open();
    eventually().until(() -> log.uncommitted() == 0);
    assertThat(writer.byMessage()).hasSize(1 + few.size() + BACKLOG + after.size());
    assertThat(passedOver).isEmpty();
  }

  @Test
  void aPartitionThatIsTakenAwayMeanwhileIsDoneByWhomeverHasItNext() {
    List<String> backlog = captured(BACKLOG);
    writer.close(backlog.getFirst());
    indexer.start();
    List<String> all = new ArrayList<>(backlog);
    all.addAll(sendUntilOneIsWritten());
    log.share(Set.of(0));
    all.addAll(captured(BACKLOG));
    writer.open();
    log.share(Set.of(0, 1, 2));

    eventually().until(() -> log.uncommitted() == 0);
    assertThat(writer.byMessage().keySet()).containsAll(all);
    assertThat(passedOver).isEmpty();
  }

  @Test
  void whatComesInIsWrittenAlsoWhileWhatAProcessThatDiedHasLeftWaits() {
    log.share(Set.of(0));
    List<String> backlog = captured(BACKLOG);
    String left = backlog.stream().filter(id -> log.partitionOf(id) == 1).findFirst().orElseThrow();
    writer.close(left);
    indexer.start();
    List<String> own = backlog.stream().filter(id -> log.partitionOf(id) == 0).toList();
    eventually().until(() -> own.stream().allMatch(writer::hasWritten));
    log.share(Set.of(0, 1, 2));
    eventually().until(() -> writer.wasAskedFor(left));

    for (int partition = 0; partition < SharedLogUnderTest.PARTITIONS; partition++) {
      int number = partition;
      backlog.addAll(sendUntilOneIs(id -> log.partitionOf(id) == number && writer.hasWritten(id)));
    }

    assertThat(writer.hasWritten(left)).isFalse();
    writer.open();
    eventually().until(() -> log.uncommitted() == 0);
    assertThat(writer.byMessage().keySet()).containsAll(backlog);
    assertThat(passedOver).isEmpty();
  }

  /** It has no way to go on, and must not look as if it only had nothing to do. */
  @Test
  void anIndexerThatEndsByAFaultSaysSo() throws Exception {
    captured(1);
    assertThat(log.awaitBeyond(0, Duration.ofSeconds(60))).isTrue();
    // Somebody else has read it.
    assertThat(log.read(0, 1, 1)).hasSize(1);
    indexer.start();
    eventually().until(() -> indexer.lastError() != null);
    assertThat(indexer.lastError())
        .startsWith("The indexer has ended; start ingest again: ")
        .contains("Records are given once");
  }

  /** Records come, the store takes them or does not, tails fail, partitions come and go. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverHappensNothingIsCommittedThatIsNotStored(long seed) throws InterruptedException {
    Random random = new Random(seed);
    indexer.start();
    List<String> all = new ArrayList<>(captured(FAR_BEHIND));
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(7)) {
        case 0, 1 -> all.addAll(captured(1 + random.nextInt(3 * FAR_BEHIND)));
        case 2 -> writer.failTimes(random.nextInt(8));
        case 3 -> writer.close(all.get(random.nextInt(all.size())));
        case 4 -> writer.open();
        case 5 -> log.failTail(random.nextInt(4));
        default -> log.share(some(random));
      }
      Thread.sleep(random.nextInt(80));
    }
    writer.failTimes(0);
    writer.open();
    log.share(Set.of(0, 1, 2));

    eventually().until(() -> log.uncommitted() == 0);
    assertThat(passedOver).isEmpty();
    assertThat(writer.byMessage().keySet()).containsAll(all);
  }

  private static Set<Integer> some(Random random) {
    Set<Integer> partitions = new HashSet<>();
    for (int partition = 0; partition < SharedLogUnderTest.PARTITIONS; partition++) {
      if (random.nextInt(3) > 0) {
        partitions.add(partition);
      }
    }
    return partitions;
  }

  /** Messages that come in one after the other until one of them is written. */
  private List<String> sendUntilOneIsWritten() {
    return sendUntilOneIs(writer::hasWritten);
  }

  private List<String> sendUntilOneIs(Predicate<String> there) {
    List<String> all = new ArrayList<>();
    eventually()
        .until(
            () -> {
              all.addAll(captured(1));
              return all.stream().anyMatch(there);
            });
    return all;
  }

  /** So many messages that were just captured, in the log; their ids. */
  private List<String> captured(int count) {
    List<IngestRecord> records = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      var event = aSale().event(Stage.CAPTURED);
      records.add(new OfEvent(event));
      ids.add(event.messageId().value());
    }
    log.append(records, ACCEPTED).join();
    return ids;
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
