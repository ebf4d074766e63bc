package io.tillpost.ingest.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.ingest.log.KafkaShare.Start;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaShareTest {
  private static final TopicPartition ONE = new TopicPartition("topic", 1);
  private static final TopicPartition TWO = new TopicPartition("topic", 2);

  private final FetchedRecords fetched = new FetchedRecords(1_000, new RecordSize());
  private final KafkaShare share = new KafkaShare(fetched);

  @BeforeEach
  void own() {
    share.add(List.of(ONE, TWO));
  }

  private Start begin(TopicPartition partition, long offset) {
    return requireNonNull(share.begin(partition, offset));
  }

  private void fetch(TopicPartition partition, long offset) {
    fetched.add(new FetchedRecord(partition, offset, Instant.EPOCH, new byte[1]));
  }

  private void readAll() {
    assertThat(fetched.read(fetched.last(), 100, 100)).isNotEmpty();
  }

  @Test
  void whatATailHasDoneIsDoneOnceAllBeforeItIs() {
    Start one = begin(ONE, 100);
    begin(TWO, 50);
    assertThat(share.limit(ONE)).isEqualTo(100);
    fetch(ONE, 99);
    assertThat(share.readerIsAt(ONE, 100)).isTrue();
    assertThat(share.readerIsAt(TWO, 49)).isFalse();
    assertThat(share.from()).as("while one is not there").isEqualTo(Long.MAX_VALUE);
    assertThat(share.readerIsAt(TWO, 50)).isTrue();
    assertThat(share.from()).as("while something is not read").isEqualTo(Long.MAX_VALUE);
    readAll();
    assertThat(share.from()).isEqualTo(1);

    fetched.moveCheckpoint(1);
    share.merge(ONE, one, 120);
    assertThat(fetched.done()).isEqualTo(Map.of(ONE, 120L));
    assertThat(share.limit(ONE)).as("until the reader has gone there").isEqualTo(100);
    assertThat(share.readerIsAt(ONE, 100)).as("where it still is").isTrue();
    assertThat(share.takeMerged()).isEqualTo(Map.of(ONE, 120L));
    assertThat(share.takeMerged()).isEmpty();
    assertThat(share.limit(ONE)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whereTheReaderIsFurtherThanTheTailItStaysThere() {
    Start one = begin(ONE, 100);
    assertThat(share.readerIsAt(ONE, 130)).isTrue();
    share.merge(ONE, one, 120);
    assertThat(share.takeMerged()).isEqualTo(Map.of(ONE, 130L));
    assertThat(fetched.done()).isEqualTo(Map.of(ONE, 130L));
  }

  @Test
  void aTailBeginsNotBeforeWhatIsRead() {
    share.readerHasRead(ONE, 130);
    begin(ONE, 100);
    assertThat(share.limit(ONE)).isEqualTo(130);
    share.forget(List.of(ONE));
    share.add(List.of(ONE));
    begin(ONE, 100);
    assertThat(share.limit(ONE)).as("of another time that it was here").isEqualTo(100);
  }

  @Test
  void nothingIsMergedOverWhatIsNotDone() {
    Start early = begin(ONE, 100);
    assertThat(share.readerIsAt(ONE, 99)).isFalse();
    share.merge(ONE, early, 120);

    Start unread = begin(ONE, 100);
    fetch(ONE, 99);
    assertThat(share.readerIsAt(ONE, 100)).isTrue();
    share.merge(ONE, unread, 120);

    Start underWay = begin(ONE, 100);
    readAll();
    assertThat(share.readerIsAt(ONE, 100)).isTrue();
    share.merge(ONE, underWay, 120);

    assertThat(share.takeMerged()).isEmpty();
    assertThat(fetched.done()).isEmpty();
    assertThat(share.limit(ONE)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aTailThatBeginsFurtherOnIsNotReachedAnyMore() {
    Start one = begin(ONE, 100);
    assertThat(share.readerIsAt(ONE, 100)).isTrue();
    assertThat(share.from()).as("while another one has no tail yet").isEqualTo(Long.MAX_VALUE);
    begin(TWO, 0);
    assertThat(share.readerIsAt(TWO, 0)).isTrue();
    assertThat(share.from()).isZero();

    assertThat(share.restart(one, 90)).as("never further back").isEqualTo(100);
    assertThat(share.from()).isZero();
    assertThat(share.restart(one, 110)).isEqualTo(110);
    assertThat(share.from()).isEqualTo(Long.MAX_VALUE);
    share.merge(ONE, one, 120);
    assertThat(fetched.done()).isEmpty();
  }

  /** What was dropped unread must not look as if it were done. */
  @Test
  void withAPartitionThatIsToBeGivenUpItsTailEnds() {
    Start one = begin(ONE, 100);
    fetch(ONE, 99);
    assertThat(share.readerIsAt(ONE, 100)).isTrue();

    share.giveUp(List.of(ONE));

    assertThat(share.has(ONE, one)).isFalse();
    assertThat(share.begin(ONE, 200)).as("none of what is somebody else's").isNull();
    share.merge(ONE, one, 120);
    assertThat(fetched.done()).isEmpty();
    assertThat(share.owned()).containsExactly(TWO);
  }

  @Test
  void aTailOfBeforeIsNotThatOfAPartitionThatHasComeBack() {
    Start before = begin(ONE, 100);
    assertThat(share.begin(ONE, 100)).as("one at a time").isNull();
    share.forget(List.of(ONE));
    share.add(List.of(ONE));
    Start now = begin(ONE, 200);
    assertThat(share.readerIsAt(ONE, 200)).isTrue();

    share.merge(ONE, before, 120);
    share.remove(ONE, before);
    assertThat(fetched.done()).isEmpty();
    assertThat(share.has(ONE, now)).isTrue();

    share.remove(ONE, now);
    assertThat(share.limit(ONE)).isEqualTo(Long.MAX_VALUE);
  }
}
