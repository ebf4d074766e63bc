package io.tillpost.ingest.index;

import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.log.IngestRecord.OfSpan;
import io.tillpost.ingest.log.IngestRecord.OfWrittenEvent;
import io.tillpost.ingest.log.IngestRecord.OfWrittenSpan;
import io.tillpost.ingest.log.LogEntry.Intact;
import io.tillpost.ingest.log.LogEntry.Unreadable;
import io.tillpost.ingest.log.LogRow;
import io.tillpost.ingest.log.RecordKind;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.WrittenEvent;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Function;

/**
 * Records for a writer. Each is decoded whenever it is asked for: decoded, a record is some dozen
 * objects, which a collector would copy for all records of a batch as long as that is under way.
 *
 * <p>One that turns out to be damaged throws {@link IllegalStateException}.
 */
final class Records {
  private Records() {}

  /** All of them, by their kinds. */
  static Batch batch(List<LogRow> rows) {
    return new Batch(
        of(rows, RecordKind.EVENT, record -> ((OfEvent) record).event()),
        of(rows, RecordKind.SPAN, record -> ((OfSpan) record).span()),
        writtenEvents(rows),
        of(rows, RecordKind.WRITTEN_SPAN, record -> ((OfWrittenSpan) record).span()));
  }

  /** The events that are written. */
  static List<WrittenEvent> writtenEvents(List<LogRow> rows) {
    return of(rows, RecordKind.WRITTEN_EVENT, record -> ((OfWrittenEvent) record).event());
  }

  /** The id of its document. */
  static String documentId(LogRow row) {
    return switch (content(row)) {
      case OfEvent(var event) -> event.id().documentId();
      case OfWrittenEvent(var event) -> event.documentId();
      case OfSpan(var span) -> span.documentId();
      case OfWrittenSpan(var span) -> span.documentId();
      case OfParked(var id, _) -> id;
    };
  }

  /** Those of one kind, in their order. */
  static List<LogRow> ofKind(List<LogRow> rows, RecordKind kind) {
    List<LogRow> ofKind = new ArrayList<>();
    for (LogRow row : rows) {
      if (row.kind() == kind) {
        ofKind.add(row);
      }
    }
    return ofKind;
  }

  private static <T> List<T> of(
      List<LogRow> rows, RecordKind kind, Function<IngestRecord, T> content) {
    return new Decoded<>(ofKind(rows, kind), content);
  }

  private static IngestRecord content(LogRow row) {
    return switch (row.decoded()) {
      case Intact intact -> intact.content();
      case Unreadable unreadable -> throw new IllegalStateException(unreadable.reason());
    };
  }

  /** Records of one kind. */
  private static final class Decoded<T> extends AbstractList<T> implements RandomAccess {
    private final List<LogRow> rows;
    private final Function<IngestRecord, T> content;

    Decoded(List<LogRow> rows, Function<IngestRecord, T> content) {
      this.rows = rows;
      this.content = content;
    }

    @Override
    public T get(int index) {
      return content.apply(content(rows.get(index)));
    }

    @Override
    public int size() {
      return rows.size();
    }
  }
}
