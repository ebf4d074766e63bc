package io.tillpost.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a broker cannot easily be brought to; the rest is tried with a real one. */
class KafkaReaderTest {
  private static final TopicPartition ONE = new TopicPartition("topic", 1);
  private static final Duration LONG = Duration.ofSeconds(10);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FetchedRecords fetched = new FetchedRecords(1_000, new RecordSize());
  private final KafkaShare share = new KafkaShare(fetched);
  private final BlockingQueue<Supplier<Consumer<byte[], byte[]>>> consumers =
      new LinkedBlockingQueue<>();
  private final KafkaReader reader =
      new KafkaReader(
          () -> consumers.remove().get(),
          "topic",
          fetched,
          share,
          new LostRecords(meters, Clock.systemUTC()));

  /** One that is given the partition, in which are the records from the first to the last one. */
  private static MockConsumer<byte[], byte[]> consumer(long first, long last, long position) {
    return consumer(first, last, position, false);
  }

  /** As the other one, which may not be able to tell where it is. */
  private static MockConsumer<byte[], byte[]> consumer(
      long first, long last, long position, boolean isLost) {
    MockConsumer<byte[], byte[]> consumer =
        new MockConsumer<>("none") {
          @Override
          public synchronized long position(TopicPartition partition, Duration timeout) {
            if (isLost) {
              throw new TimeoutException("not known yet");
            }
            return super.position(partition, timeout);
          }
        };
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(ONE));
          consumer.updateBeginningOffsets(Map.of(ONE, first));
          consumer.updateEndOffsets(Map.of(ONE, last + 1));
          consumer.seek(ONE, position);
          for (long offset = first; offset <= last; offset++) {
            consumer.addRecord(
                new ConsumerRecord<>(ONE.topic(), ONE.partition(), offset, null, new byte[1]));
          }
        });
    return consumer;
  }

  private static MockConsumer<byte[], byte[]> failing(RuntimeException failure) {
    MockConsumer<byte[], byte[]> consumer = consumer(5, 4, 5);
    consumer.schedulePollTask(
        () -> {
          throw failure;
        });
    return consumer;
  }

  @AfterEach
  void close() {
    reader.close();
  }

  private LogRow next() throws InterruptedException {
    assertThat(fetched.await(LONG)).as("something was read within " + LONG).isTrue();
    return fetched.read(fetched.last(), 1, 1).getFirst();
  }

  @Test
  void aTailOfATopicThatWasMadeAnewDoesNotBeginBehindItsEnd() {
    share.add(List.of(ONE));
    share.readerHasRead(ONE, 8);
    consumers.add(() -> failing(new OffsetOutOfRangeException(Map.of(ONE, 8L))));
    reader.start();

    await().atMost(LONG).until(() -> beginOfTail() == 5);
  }

  private long beginOfTail() {
    KafkaShare.Start start = share.begin(ONE, 0);
    long begin = share.limit(ONE);
    if (start != null) {
      share.remove(ONE, start);
    }
    return begin;
  }

  @Test
  void whatTheTopicDroppedIsSaidBeforeWhatIsLeftOfIt() throws Exception {
    consumers.add(() -> consumer(7, 7, 3));
    reader.start();

    LogRow said = next();
    assertThat(said.place()).isEqualTo("6 of partition 1");
    assertThat(said.decoded())
        .isInstanceOfSatisfying(
            LogEntry.Intact.class,
            intact ->
                assertThat(intact.content())
                    .isInstanceOfSatisfying(
                        OfParked.class,
                        parked ->
                            assertThat(parked.parked().reason())
                                .startsWith("4 accepted records are lost")
                                .contains("the offsets 3 to 6 of topic-1")));
    assertThat(next().offset()).isEqualTo(7);
    assertThat(meters.counter("tillpost.ingest.lost").count()).isEqualTo(4);
  }

  @Test
  void aConsumerOutlivesWhatMayPass() throws Exception {
    MockConsumer<byte[], byte[]> only = failing(new TimeoutException("not now"));
    only.schedulePollTask(
        () ->
            only.addRecord(
                new ConsumerRecord<>(ONE.topic(), ONE.partition(), 5, null, new byte[1])));
    consumers.add(() -> only);
    reader.start();

    assertThat(next().offset()).isEqualTo(5);
  }

  /** What the others wait for must not be a partition of which little is known. */
  @Test
  void whereItIsNotKnownYetWhereAPartitionWithATailIsReadItIsReadOnAllTheSame() throws Exception {
    MockConsumer<byte[], byte[]> consumer = consumer(5, 5, 5, true);
    consumers.add(() -> consumer);
    reader.start();
    assertThat(next().offset()).isEqualTo(5);
    assertThat(share.begin(ONE, 7)).isNotNull();
    for (long offset = 6; offset <= 8; offset++) {
      long at = offset;
      consumer.schedulePollTask(
          () ->
              consumer.addRecord(
                  new ConsumerRecord<>(ONE.topic(), ONE.partition(), at, null, new byte[1])));
    }
    assertThat(next().offset()).isEqualTo(6);
    assertThat(fetched.await(Duration.ofMillis(500))).as("something of the tail").isFalse();
    assertThat(reader.problem()).isNull();
  }

  @Test
  void aConsumerThatWasRefusedForGoodGivesWayToAnotherOne() throws Exception {
    MockConsumer<byte[], byte[]> refused = failing(new GroupAuthorizationException("group"));
    consumers.add(() -> refused);
    consumers.add(() -> consumer(8, 8, 8));
    reader.start();

    assertThat(next().offset()).isEqualTo(8);
    assertThat(refused.closed()).isTrue();
  }

  @Test
  void memoryThatIsShortForAMomentDoesNotEndTheReading() throws Exception {
    consumers.add(
        () -> {
          throw new OutOfMemoryError("for a test");
        });
    consumers.add(() -> consumer(9, 9, 9));
    reader.start();

    assertThat(next().offset()).isEqualTo(9);
  }
}
