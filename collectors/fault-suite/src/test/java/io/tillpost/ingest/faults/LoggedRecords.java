package io.tillpost.ingest.faults;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.ingest.log.DiskIngestLog;
import io.tillpost.ingest.log.IngestLog;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.log.IngestRecord.OfSpan;
import io.tillpost.ingest.log.IngestRecord.OfWrittenEvent;
import io.tillpost.ingest.log.IngestRecord.OfWrittenSpan;
import io.tillpost.ingest.log.LogEntry;
import io.tillpost.ingest.log.LogEntry.Intact;
import io.tillpost.ingest.log.LogEntry.Unreadable;
import io.tillpost.ingest.log.LogRow;
import io.tillpost.store.json.WrittenEvents;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What stands in the ingest log of a process that has ended. */
final class LoggedRecords {
  private static final int PAGE = 1_000;

  private LoggedRecords() {}

  /** The ids of all its records, as {@link SentBatch} calls them; all are readable. */
  static Set<String> in(Path directory) {
    Set<String> ids = new TreeSet<>();
    try (IngestLog log =
        DiskIngestLog.open(
            directory.resolve("log").resolve("records"), 1L << 30, new SimpleMeterRegistry())) {
      long position = 0;
      List<LogRow> rows = log.read(position, PAGE, 1L << 30);
      while (!rows.isEmpty()) {
        rows.forEach(row -> ids.add(id(row.decoded())));
        position = rows.getLast().position();
        rows = log.read(position, PAGE, 1L << 30);
      }
    }
    return ids;
  }

  private static String id(LogEntry entry) {
    return switch (entry) {
      case Unreadable unreadable -> throw new AssertionError(unreadable.toString());
      case Intact intact ->
          switch (intact.content()) {
            case OfEvent(var event) -> event.messageId().value() + " " + event.stage();
            case OfWrittenEvent(var event) ->
                event.messageId() + " " + WrittenEvents.whole(event).stage();
            case OfSpan(var span) -> span.traceId().value();
            case OfWrittenSpan(var span) -> span.documentId().substring(0, 32);
            case OfParked(var id, _) -> id;
          };
    };
  }
}
