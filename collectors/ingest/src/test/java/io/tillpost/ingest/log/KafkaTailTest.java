package io.tillpost.ingest.log;

import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.message.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaTailTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final Duration TICK = Duration.ofMillis(10);
  private static final int PARTITIONS = 2;

  private final TopicInMemory topic = new TopicInMemory(PARTITIONS, (_, _) -> {});
  private final FetchedRecords fetched = new FetchedRecords(1_000, new RecordSize());
  private final KafkaShare share = new KafkaShare(fetched);
  private final List<Consumer<byte[], byte[]>> made = new ArrayList<>();
  private Supplier<Consumer<byte[], byte[]>> next = topic::single;
  private final KafkaTail tail = new KafkaTail(this::consumer, share, NOON, 20);

  private Consumer<byte[], byte[]> consumer() {
    Consumer<byte[], byte[]> consumer = next.get();
    made.add(consumer);
    return consumer;
  }

  @AfterEach
  void close() {
    tail.close();
    assertThat(made).allSatisfy(one -> assertThat(((MockConsumer<?, ?>) one).closed()).isTrue());
  }

  private void append(int records, Instant acceptedAt) {
    for (int i = 0; i < records; i++) {
      topic.append(new OfEvent(aSale().event(Stage.CAPTURED)), acceptedAt);
    }
  }

  private List<LogRow> read() throws InterruptedException {
    return tail.read(TICK, 100, 1 << 20);
  }

  private static Set<Integer> partitions(List<LogRow> rows) {
    return rows.stream().map(LogRow::partition).collect(Collectors.toSet());
  }

  /** As where the group's reader comes to all of them with nothing left to do. */
  private void letTheReaderReach() {
    topic.all().forEach(partition -> share.readerIsAt(partition, share.limit(partition)));
  }

  private Map<TopicPartition, Long> ends() {
    return topic.all().stream().collect(Collectors.toMap(one -> one, topic::end));
  }

  @Test
  void itBeginsWithWhatWasAcceptedLately() throws Exception {
    append(100, NOON.minusSeconds(1));
    append(6, NOON);
    share.add(topic.all());

    assertThat(read()).hasSize(6);
    assertThat(read()).isEmpty();
    append(3, NOON.plusSeconds(1));
    List<LogRow> later = read();
    assertThat(later).hasSize(3);

    tail.done(later.getLast().position());
    letTheReaderReach();
    tail.merge();
    assertThat(fetched.done()).isEqualTo(ends());
  }

  @Test
  void ofVeryMuchThatWasAcceptedLatelyItBeginsNearerToTheEnd() throws Exception {
    append(200, NOON);
    share.add(topic.all());
    assertThat(read()).hasSize(20);
  }

  @Test
  void whatWasReadBeforeItBeganAnewIsReadAgainAndNotDoneBefore() throws Exception {
    append(10, NOON);
    share.add(topic.all());
    List<LogRow> inVain = read();
    assertThat(inVain).hasSize(10);
    tail.restart(NOON, 20);
    tail.done(inVain.getLast().position());

    assertThat(read()).hasSize(10);
    letTheReaderReach();
    tail.merge();
    assertThat(fetched.done().values()).hasSize(PARTITIONS).containsOnly(0L);
  }

  @Test
  void anewItBeginsFurtherOn() throws Exception {
    append(10, NOON);
    share.add(topic.all());
    assertThat(read()).hasSize(10);
    assertThat(tail.behind()).isZero();
    append(3, NOON.plusSeconds(1));
    assertThat(tail.behind()).isEqualTo(3);
    tail.restart(NOON.plusSeconds(2), 20);
    append(1, NOON.plusSeconds(2));
    assertThat(tail.behind()).isEqualTo(1);
    assertThat(read()).hasSize(1);
    letTheReaderReach();
    tail.merge();
    assertThat(fetched.done().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(13);
  }

  @Test
  void itLeavesWhatIsTakenAwayAndTakesUpWhatComes() throws Exception {
    TopicPartition first = new TopicPartition(TopicInMemory.NAME, 0);
    TopicPartition second = new TopicPartition(TopicInMemory.NAME, 1);
    assertThat(read()).as("of no partition").isEmpty();
    assertThatThrownBy(tail::behind).isInstanceOf(IngestLogException.class);
    share.add(Set.of(first));
    assertThat(read()).isEmpty();
    append(40, NOON.minusSeconds(1));
    assertThat(partitions(read())).containsExactly(0);

    share.forget(Set.of(first));
    share.add(Set.of(second));
    assertThat(read()).isEmpty();
    append(40, NOON.minusSeconds(1));
    assertThat(partitions(read())).containsExactly(1);

    share.add(Set.of(first));
    assertThat(read()).isEmpty();
    assertThat(share.withTail()).containsExactlyInAnyOrder(first, second);
    append(40, NOON.minusSeconds(1));
    assertThat(partitions(read())).containsExactly(0, 1);
  }

  @Test
  void whatMayPassEndsNothing() throws Exception {
    share.add(topic.all());
    assertThat(read()).isEmpty();
    ((MockConsumer<?, ?>) made.getFirst()).setPollException(new TimeoutException("not now"));
    assertThatThrownBy(this::read)
        .isInstanceOf(IngestLogException.class)
        .hasMessageContaining("Kafka cannot be read: not now");
    assertThat(share.withTail()).hasSize(PARTITIONS);
    append(5, NOON);
    assertThat(read()).hasSize(5);
    assertThat(made).hasSize(1);
  }

  @Test
  void whileWhatComesCannotBeBegunTheOthersAreReadOn() throws Exception {
    TopicPartition first = new TopicPartition(TopicInMemory.NAME, 0);
    share.add(Set.of(first));
    assertThat(read()).isEmpty();
    share.add(topic.all());
    append(40, NOON.minusSeconds(1));
    topic.failSingle(1);
    assertThat(partitions(read())).containsExactly(0);
    assertThat(share.withTail()).containsExactly(first);
    append(40, NOON.minusSeconds(1));
    assertThat(partitions(read())).as("and not asked for each time").containsExactly(0);
    await().until(() -> read().isEmpty() && share.withTail().size() == PARTITIONS);
  }

  @Test
  void whereItIsRefusedTheGroupsReaderReadsAllUntilItMay() throws Exception {
    share.add(topic.all());
    assertThat(read()).isEmpty();
    ((MockConsumer<?, ?>) made.getFirst())
        .setPollException(new TopicAuthorizationException("not for you"));
    assertThatThrownBy(this::read)
        .isInstanceOf(IngestLogException.class)
        .hasMessageContaining("not for you");
    assertThat(share.withTail()).isEmpty();

    append(5, NOON);
    assertThat(read()).as("by another one, which begins anew").hasSize(5);
    assertThat(made).hasSize(2);
  }

  @Test
  void whereWhatFollowsIsGoneItBeginsAnew() throws Exception {
    share.add(topic.all());
    assertThat(read()).isEmpty();
    append(5, NOON.minusSeconds(1));
    ((MockConsumer<?, ?>) made.getFirst())
        .setPollException(new NoOffsetForPartitionException(topic.all()));
    assertThatThrownBy(this::read)
        .isInstanceOf(IngestLogException.class)
        .hasMessageContaining("Kafka has not what was to be read next");
    assertThat(share.withTail()).isEmpty();
    assertThat(read()).isEmpty();
    append(2, NOON.minusSeconds(1));
    assertThat(read()).hasSize(2);
  }
}
