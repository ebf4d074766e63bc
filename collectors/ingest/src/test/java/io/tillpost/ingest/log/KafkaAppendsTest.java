package io.tillpost.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a broker cannot easily be brought to; the rest is tried with a real one. */
class KafkaAppendsTest {
  private final CountingProducer kafka = new CountingProducer();
  private final CountingProducer another = new CountingProducer();
  private final Deque<CountingProducer> producers = new ArrayDeque<>(List.of(kafka, another));
  private final KafkaAppends appends =
      new KafkaAppends(producers::removeFirst, "topic", 1_000, new RecordSize());

  private static final class CountingProducer extends MockProducer<byte[], byte[]> {
    private int tried;
    private boolean tellsTwice;
    private boolean outOfMemory;

    CountingProducer() {
      super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
      tried++;
      if (outOfMemory) {
        throw new OutOfMemoryError("for this test");
      }
      if (sendException != null && callback != null && tellsTwice) {
        // As Kafka's own, where it has taken the record before it finds that it may not.
        callback.onCompletion(null, sendException);
      }
      return super.send(record, callback);
    }

    /** As Kafka's own, and not as the mock's: what still waits when it is closed has failed. */
    @Override
    public void close(Duration timeout) {
      RuntimeException gone = new KafkaException("closed");
      while (errorNext(gone)) {
        // The next one.
      }
      super.close(timeout);
    }
  }

  @AfterEach
  void close() {
    appends.close();
  }

  private static List<IngestRecord> records(int count) {
    return LongStream.range(0, count).mapToObj(AppendingProcess::record).toList();
  }

  private CompletableFuture<Append> append(int count) {
    return appends.append(records(count), Instant.EPOCH);
  }

  @Test
  void theSenderIsAnsweredWhenTheLastOfItsRecordsIsThere() {
    CompletableFuture<Append> outcome = append(2);
    assertThat(kafka.completeNext()).isTrue();
    assertThat(outcome).isNotDone();
    assertThat(kafka.completeNext()).isTrue();

    assertThat(outcome).isCompletedWithValue(new Append.Appended());
    assertThat(kafka.history())
        .extracting(ProducerRecord::key)
        .containsExactly(new byte[] {'0'}, new byte[] {'1'});
    assertThat(appends.problem()).isNull();
  }

  @Test
  void oneRecordThatIsNotThereMakesTheWholeRequestComeAgain() {
    CompletableFuture<Append> outcome = append(3);
    assertThat(kafka.completeNext()).isTrue();
    assertThat(kafka.errorNext(new TimeoutException("too late"))).isTrue();
    assertThat(outcome).isNotDone();
    assertThat(kafka.completeNext()).isTrue();

    assertThat(outcome.join())
        .isEqualTo(new Append.Unavailable("Kafka does not take records: too late"));
    assertThat(appends.problem()).contains("too late");

    appends.tryAgain();
    assertThat(appends.problem()).isNull();
  }

  @Test
  void whereMemoryRunsOutSendersAreAnsweredAndNothingStaysUnderWay() {
    kafka.outOfMemory = true;
    for (int i = 0; i < 100; i++) {
      assertThat(append(2).join())
          .isEqualTo(new Append.Unavailable("Kafka does not take records: for this test"));
    }
    kafka.outOfMemory = false;
    CompletableFuture<Append> outcome = append(1);
    assertThat(kafka.completeNext()).isTrue();
    assertThat(outcome).isCompletedWithValue(new Append.Appended());
  }

  @Test
  void aRecordThatIsTooLargeForTheTopicStopsNobodyElse() {
    CompletableFuture<Append> outcome = append(1);
    assertThat(kafka.errorNext(new RecordTooLargeException("too large"))).isTrue();

    assertThat(outcome.join()).isInstanceOf(Append.Unavailable.class);
    assertThat(appends.problem()).isNull();
  }

  @Test
  void whatCannotEvenBeSentEndsTheRequestAtOnce() {
    kafka.sendException = new KafkaException("no room");

    assertThat(append(500).join()).isInstanceOf(Append.Unavailable.class);
    assertThat(kafka.tried).isEqualTo(1);
    kafka.sendException = null;
    assertThat(append(1)).as("nothing of it counts any more").isNotDone();
  }

  @Test
  void aProducerThatDoesNotCloseLeavesTheRestToBeClosed() {
    kafka.closeException = new KafkaException("Failed to close kafka producer");

    assertThatCode(appends::close).doesNotThrowAnyException();
    kafka.closeException = null;
    assertThat(append(1).join()).isInstanceOf(Append.Unavailable.class);
  }

  @Test
  void aProducerThatWillNeverSendAgainGivesWayToAnotherOneWhenKafkaIsWell() {
    CompletableFuture<Append> before = append(1);
    kafka.sendException = new KafkaException("in an error state");
    assertThat(append(1).join()).isInstanceOf(Append.Unavailable.class);
    assertThat(kafka.closed()).isFalse();

    appends.tryAgain();
    assertThat(kafka.closed()).isTrue();
    assertThat(before.join()).as("what the old one had").isInstanceOf(Append.Unavailable.class);
    CompletableFuture<Append> outcome = append(1);
    assertThat(another.completeNext()).isTrue();
    assertThat(outcome).isCompletedWithValue(new Append.Appended());

    appends.tryAgain();
    assertThat(another.closed()).as("one that sends is kept").isFalse();
  }

  @Test
  void whatAProducerTellsTwiceCountsOnce() {
    kafka.tellsTwice = true;
    kafka.sendException = new KafkaException("in an error state");
    for (int i = 0; i < 20; i++) {
      assertThat(append(1).join()).isInstanceOf(Append.Unavailable.class);
    }
    kafka.sendException = null;
    CompletableFuture<Append> waiting = append(2);
    assertThat(append(1).join()).as("the bound holds").isInstanceOf(Append.OverCapacity.class);
    assertThat(waiting).isNotDone();
  }

  @Test
  void moreThanMayWaitForKafkaIsTurnedAwayAtOnce() {
    CompletableFuture<Append> waiting = append(100);

    assertThat(append(1).join()).isInstanceOf(Append.OverCapacity.class);

    while (kafka.completeNext()) {
      assertThat(waiting).isNotCompletedExceptionally();
    }
    assertThat(waiting).isCompletedWithValue(new Append.Appended());
    assertThat(append(1)).isNotDone();
  }
}
