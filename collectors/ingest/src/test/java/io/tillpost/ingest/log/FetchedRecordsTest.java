package io.tillpost.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FetchedRecordsTest {
  private static final TopicPartition ONE = new TopicPartition("topic", 1);
  private static final TopicPartition TWO = new TopicPartition("topic", 2);

  private final FetchedRecords records = new FetchedRecords(10, new RecordSize());

  private void fetch(TopicPartition partition, long from, long to) {
    for (long offset = from; offset < to; offset++) {
      records.add(new FetchedRecord(partition, offset, Instant.ofEpochSecond(offset), new byte[1]));
    }
  }

  private List<LogRow> read(int most) {
    return records.read(records.last(), most, 1 << 20);
  }

  @Test
  void recordsHavePositionsOfThisProcessAndTheirPlaceInTheTopic() {
    fetch(ONE, 100, 102);
    fetch(TWO, 7, 8);

    assertThat(read(10))
        .extracting(LogRow::position, LogRow::place)
        .containsExactly(
            tuple(1L, "100 of partition 1"),
            tuple(2L, "101 of partition 1"),
            tuple(3L, "7 of partition 2"));
    assertThatThrownBy(() -> records.read(0, 10, 10)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsDoneIsCommittedForEachPartitionAndNothingBehindIt() {
    fetch(ONE, 100, 103);
    fetch(TWO, 7, 9);
    assertThat(read(4)).hasSize(4);
    assertThat(read(4)).hasSize(1);
    assertThat(records.done()).isEmpty();

    records.moveCheckpoint(4);
    assertThat(records.done()).isEqualTo(Map.of(ONE, 103L, TWO, 8L));
    assertThat(records.oldest()).isEqualTo(Instant.ofEpochSecond(8));

    records.moveCheckpoint(5);
    assertThat(records.done()).isEqualTo(Map.of(ONE, 103L, TWO, 9L));
    assertThat(records.oldest()).isNull();
  }

  @Test
  void aPartitionThatIsTakenAwayIsNeitherReadNorCommittedAnyMore() {
    fetch(ONE, 100, 102);
    fetch(TWO, 7, 9);
    assertThat(read(3)).hasSize(3);
    fetch(ONE, 102, 104);

    assertThat(records.awaitDone(List.of(ONE), 1_000)).as("still under way").isFalse();
    records.forget(List.of(ONE));
    assertThat(records.awaitDone(List.of(ONE), 1_000)).isTrue();

    assertThat(read(10)).extracting(LogRow::partition).containsExactly(2);
    records.moveCheckpoint(4);
    assertThat(records.done()).isEqualTo(Map.of(TWO, 9L));
  }

  @Test
  void aPartitionThatComesBackGoesOnWhereItIsReadThen() {
    fetch(ONE, 100, 102);
    assertThat(read(10)).hasSize(2);
    records.forget(List.of(ONE));
    fetch(ONE, 50, 51);
    assertThat(read(10)).hasSize(1);

    records.moveCheckpoint(2);
    assertThat(records.done()).as("done by whom it was taken from").isEmpty();
    records.moveCheckpoint(3);
    assertThat(records.done()).isEqualTo(Map.of(ONE, 51L));
  }

  @Test
  void noMoreIsFetchedThanMayWait() throws Exception {
    fetch(ONE, 0, 9);
    assertThat(records.isFull()).isFalse();
    fetch(ONE, 9, 10);
    assertThat(records.isFull()).isTrue();

    assertThat(records.await(Duration.ZERO)).isTrue();
    assertThat(read(5)).hasSize(5);
    records.awaitRoom(Duration.ofMinutes(1));
    assertThat(records.isFull()).isFalse();

    records.dropUnread(List.of(ONE));
    assertThat(records.await(Duration.ZERO)).isFalse();
  }
}
