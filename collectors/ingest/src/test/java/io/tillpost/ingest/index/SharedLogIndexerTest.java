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
import io.tillpost.message.MessageEvent;
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
import java.util.stream.Stream;
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
          new FarBehind(FAR_BEHIND, Duration.ofMillis(50)));

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
  void anOutageThatBeginsWhileWhatComesInOvertakesIsOvertakenToo() {
    List<String> all = new ArrayList<>(captured(BACKLOG));
    writer.close(all.getFirst());
    indexer.start();
    all.addAll(sendUntilOneIsWritten());

    writer.failTimes(Integer.MAX_VALUE);
    // More than is in the lane then.
    all.addAll(captured(3 * BACKLOG));
    List<String> during = captured(BACKLOG);
    List<String> again = sendUntilOneIs(FAR_BEHIND, writer::wasAskedFor);
    writer.failTimes(0);
    List<String> after = sendUntilOneIsWritten();

    assertThat(during).noneMatch(writer::hasWritten);
    writer.open();
    Stream.of(during, again, after).forEach(all::addAll);
    eventually().until(() -> log.uncommitted() == 0);
    assertThat(writer.byMessage().keySet()).hasSize(all.size());
    assertThat(passedOver).isEmpty();
  }

  @Test
  void whatWaitsForALaneThatIsLeftBehindIsNotPassedOver() {
    List<String> all = new ArrayList<>(captured(BACKLOG));
    writer.close(all.getFirst());
    indexer.start();
    all.addAll(sendUntilOneIsWritten());
    String held = heldBack();
    all.add(held);
    eventually().until(() -> writer.wasAskedFor(held));

    all.addAll(captured(2 * BACKLOG));
    all.addAll(sendUntilOneIs(FAR_BEHIND, writer::hasWritten));

    assertThat(writer.hasWritten(held)).isFalse();
    writer.open();
    eventually().until(() -> log.uncommitted() == 0);
    assertThat(writer.byMessage().keySet()).hasSize(all.size());
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
    List<String> all = new ArrayList<>(captured(2 * FAR_BEHIND));
    String held = all.getFirst();
    writer.close(held);
    indexer.start();
    List<String> closed = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(8)) {
        case 0, 1 -> all.addAll(captured(1 + random.nextInt(3 * FAR_BEHIND)));
        case 2 -> writer.failTimes(random.nextInt(8));
        case 3, 6 -> {
          all.add(heldBack());
          closed.add(all.getLast());
        }
        case 4 -> closed.forEach(writer::open);
        case 5 -> log.failTail(random.nextInt(4));
        default -> log.share(some(random));
      }
      if (step == STEPS / 2) {
        // Until then there is a backlog to overtake.
        writer.open(held);
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
    return sendUntilOneIs(1, there);
  }

  private List<String> sendUntilOneIs(int atATime, Predicate<String> there) {
    List<String> all = new ArrayList<>();
    eventually()
        .until(
            () -> {
              all.addAll(captured(atATime));
              return all.stream().anyMatch(there);
            });
    return all;
  }

  /** So many messages that were just captured, in the log; their ids. */
  private List<String> captured(int count) {
    return captured(Stream.generate(() -> aSale().event(Stage.CAPTURED)).limit(count).toList());
  }

  private List<String> captured(List<MessageEvent> events) {
    log.append(events.stream().map(event -> (IngestRecord) new OfEvent(event)).toList(), ACCEPTED)
        .join();
    return new ArrayList<>(events.stream().map(event -> event.messageId().value()).toList());
  }

  /** One more, which is not written until it is opened. */
  private String heldBack() {
    MessageEvent event = aSale().event(Stage.CAPTURED);
    writer.close(event.messageId().value());
    return captured(List.of(event)).getFirst();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
