package io.tillpost.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.CodedOutputStream;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.log.IngestRecord.OfSpan;
import io.tillpost.ingest.log.IngestRecord.OfWrittenEvent;
import io.tillpost.ingest.log.IngestRecord.OfWrittenSpan;
import io.tillpost.ingest.log.RocksTable.Mark;
import io.tillpost.ingest.log.RocksTable.Row;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.WrittenSpan;
import io.tillpost.store.json.EventJson;
import io.tillpost.testing.Samples;
import io.tillpost.trace.Span;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowFrameTest {
  private static final long END = 10;

  private static Row frame(int records) {
    return frame(records, AppendingProcess::record);
  }

  private static Row frame(int records, LongFunction<IngestRecord> kind) {
    List<RowFrame.Encoded> frames =
        RowFrame.of(LongStream.rangeClosed(1, records).mapToObj(kind).toList(), Instant.EPOCH);
    assertThat(frames).hasSize(1);
    byte[] bytes = frames.getFirst().bytes();
    ByteBuffer.wrap(bytes).putLong(bytes.length + 1_000L);
    return new Row(new Mark(END, bytes.length + 1_000L), bytes);
  }

  private static List<LogRow> records(Row row, long after, int most) {
    List<LogRow> records = given(row, after, most);
    assertThat(records).allMatch(record -> record.bytes().length == RowFrame.bytes(row));
    return records;
  }

  private static List<LogRow> given(Row row, long after, int most) {
    List<LogRow> records = new ArrayList<>();
    RowFrame.records(row, after, most, records::add);
    return records;
  }

  private static List<String> ids(List<LogRow> rows) {
    return rows.stream()
        .map(r -> ((OfParked) ((LogEntry.Intact) r.decoded()).content()).id())
        .toList();
  }

  @Test
  void recordsStandAtThePositionsBeforeTheRowsOwn() {
    List<LogRow> records = records(frame(4), 0, 100);
    assertThat(records).extracting(LogRow::position).containsExactly(7L, 8L, 9L, 10L);
    assertThat(ids(records)).containsExactly("1", "2", "3", "4");
    assertThat(ids(records(frame(4), 8, 1))).containsExactly("3");
  }

  @Test
  void manyRecordsTakeSeveralRows() {
    List<IngestRecord> many =
        LongStream.rangeClosed(1, 2_000).mapToObj(AppendingProcess::record).toList();
    List<RowFrame.Encoded> frames = RowFrame.of(many, Instant.EPOCH);
    assertThat(frames).hasSizeGreaterThan(2);
    assertThat(frames.stream().mapToInt(RowFrame.Encoded::records).sum()).isEqualTo(2_000);
    assertThat(frames).allMatch(frame -> frame.bytes().length < 300 * 1024);
  }

  @Test
  void theSizeWithinARowIsThatOfWhatStandsBefore() {
    Row row = frame(4);
    Mark third = RowFrame.markAt(row, 9);
    List<LogRow> records = records(row, 0, 100);
    assertThat(third.position()).isEqualTo(9);
    assertThat(row.mark().size() - third.size())
        .isEqualTo(records.get(3).to() - records.get(3).from() + Integer.BYTES);
    assertThatIllegalArgumentException().isThrownBy(() -> RowFrame.markAt(row, 6));
    assertThat(RowFrame.markAt(row, END)).isEqualTo(row.mark());
  }

  @Test
  void recordsThatResembleEachOtherArePackedAndComeBack() {
    Row row = frame(100, AppendingProcess::usual);
    assertThat(row.value()).hasSizeLessThan(10_000);
    assertThat(ids(records(row, END - 100, 1_000)))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 100).mapToObj(Long::toString).toList());
    assertThat(ids(records(row, END - 3, 2))).containsExactly("98", "99");

    LongSummaryStatistics steps = new LongSummaryStatistics();
    long before = row.mark().size() - row.value().length;
    for (long position = END - 99; position <= END; position++) {
      long size = RowFrame.markAt(row, position).size();
      steps.accept(size - before);
      before = size;
    }
    assertThat(before).isEqualTo(row.mark().size());
    assertThat(steps.getMin()).as("each record has a part of the size").isPositive();
  }

  @Test
  void packedRowsThatAreReadTogetherShareArrays() {
    List<Row> rows =
        LongStream.of(1_000, 2_000, 3_000)
            .mapToObj(first -> frame(100, i -> AppendingProcess.usual(first + i)))
            .toList();
    FrameRoom room = new FrameRoom(RowFrame.bytes(rows.get(0)) + RowFrame.bytes(rows.get(1)));
    List<LogRow> records = new ArrayList<>();
    rows.forEach(row -> RowFrame.records(row, END - 100, 1_000, room, records::add));
    assertThat(ids(records))
        .isEqualTo(
            LongStream.rangeClosed(1_001, 3_100)
                .filter(id -> id % 1_000 >= 1 && id % 1_000 <= 100)
                .mapToObj(Long::toString)
                .toList());
    assertThat(records.get(199).bytes()).isSameAs(records.getFirst().bytes());
    assertThat(records.get(200).bytes())
        .as("more than was expected")
        .hasSize(RowFrame.bytes(rows.get(2)));
  }

  @Test
  void manyPackedRowsTakeSeveralArraysOfOneRegion() {
    Row row = frame(100, AppendingProcess::usual);
    int plain = RowFrame.bytes(row);
    FrameRoom room = new FrameRoom(4L << 20);
    List<LogRow> records = new ArrayList<>();
    for (int taken = 0; taken < 2 << 20; taken += plain) {
      RowFrame.records(row, END - 1, 1, room, records::add);
    }
    List<byte[]> arrays = records.stream().map(LogRow::bytes).distinct().toList();
    assertThat(arrays).hasSize(3).allMatch(array -> array.length < 1 << 20);
    assertThat(ids(records)).containsOnly("100");
  }

  @Test
  void aFewRecordsAreNotPacked() {
    assertThat(frame(2, AppendingProcess::usual).value()).hasSizeGreaterThan(1_000);
  }

  @Test
  void whatIsPackedAndDamagedIsOneUnreadableRecord() {
    Row row = frame(100, AppendingProcess::usual);
    byte[] whole = row.value();
    int length = ByteBuffer.wrap(whole).getInt(RowFrame.FIRST_RECORD);
    for (int wrong : new int[] {-1, length - 1, length + 1, Integer.MAX_VALUE}) {
      byte[] bytes = whole.clone();
      ByteBuffer.wrap(bytes).putInt(RowFrame.FIRST_RECORD, wrong);
      assertThatItIsDamaged(bytes);
    }
    for (int size = RocksTable.ROOM + 1; size < whole.length; size++) {
      assertThatItIsDamaged(Arrays.copyOf(whole, size));
    }
  }

  private static void assertThatItIsDamaged(byte[] bytes) {
    Row row = new Row(new Mark(END, bytes.length), bytes);
    List<LogRow> records = given(row, 0, 1_000);
    assertThat(RowFrame.bytes(row)).isGreaterThanOrEqualTo(records.getFirst().bytes().length);
    assertThat(records).extracting(LogRow::position).containsExactly(END);
    assertThat(records.getFirst().decoded()).isInstanceOf(LogEntry.Unreadable.class);
    assertThat(RowFrame.markAt(row, END)).isEqualTo(row.mark());
    assertThatIllegalArgumentException().isThrownBy(() -> RowFrame.markAt(row, END - 1));
  }

  @Test
  void aRowOfBeforeThereWereFramesIsOneRecord() {
    byte[] bytes = new byte[4_096];
    int end = RecordCodec.encode(AppendingProcess.record(1), Instant.EPOCH, bytes, RocksTable.ROOM);
    Row row = new Row(new Mark(END, 4_711), Arrays.copyOf(bytes, end));
    List<LogRow> records = records(row, 0, 100);
    assertThat(ids(records)).containsExactly("1");
    assertThat(records.getFirst().position()).isEqualTo(END);
    assertThat(RowFrame.markAt(row, END)).isEqualTo(row.mark());
  }

  @Test
  void whatIsLeftOfADamagedRowIsOneUnreadableRecord() {
    Row row = frame(3);
    LogRow second = records(row, 0, 100).get(1);
    ByteBuffer.wrap(row.value()).putInt(second.from() - Integer.BYTES, -5);
    List<LogRow> records = records(row, 0, 100);
    assertThat(records).extracting(LogRow::position).containsExactly(8L, END);
    assertThat(records.getLast().decoded()).isInstanceOf(LogEntry.Unreadable.class);
  }

  @Test
  void aTimeThatIsNoneIsDamageOfOneRecordToo() throws Exception {
    ByteArrayOutputStream nonsense = new ByteArrayOutputStream();
    nonsense.write(new byte[RocksTable.ROOM]);
    CodedOutputStream out = CodedOutputStream.newInstance(nonsense);
    for (long number : new long[] {2, 4_711, Long.MAX_VALUE, 0}) {
      out.writeSInt64NoTag(number);
    }
    out.flush();
    byte[] bytes = nonsense.toByteArray();

    List<LogRow> records = records(new Row(new Mark(END, bytes.length), bytes), 0, 100);
    assertThat(records).extracting(LogRow::position).containsExactly(END);
    assertThat(records.getFirst().decoded()).isInstanceOf(LogEntry.Unreadable.class);
  }

  @Test
  void theGroupOfASpanIsOddAndThatOfAnEventIsNot() {
    Span span = Samples.aSpan().build();
    MessageEvent event = Samples.aSale().event(Stage.CAPTURED);
    byte[] json = {'{', '}'};
    List<IngestRecord> records =
        List.of(
            new OfSpan(span),
            new OfWrittenSpan(new WrittenSpan(span.documentId(), span.start(), json, 0, 2)),
            new OfEvent(event),
            new OfWrittenEvent(EventJson.written(event)));
    byte[] bytes = RowFrame.of(records, Instant.EPOCH).getFirst().bytes();
    List<LogRow> rows = records(new Row(new Mark(END, bytes.length), bytes), 0, 100);
    assertThat(rows).extracting(row -> row.group() & 1).containsExactly(1, 1, 0, 0);
    assertThat(rows.get(0).group()).isEqualTo(rows.get(1).group());
    assertThat(rows.get(2).group()).isEqualTo(rows.get(3).group());
  }
}
