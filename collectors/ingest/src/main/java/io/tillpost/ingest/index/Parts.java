package io.tillpost.ingest.index;

import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.log.IngestRecord.OfSpan;
import io.tillpost.ingest.log.LogEntry;
import java.util.ArrayList;
import java.util.List;

/** Splits a batch so that the records of one message, or of one trace, stay together in order. */
final class Parts {
  private Parts() {}

  /** So many parts, each in the order of the batch; some may be empty. */
  static List<List<LogEntry>> of(List<LogEntry> entries, int count) {
    List<List<LogEntry>> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parts.add(new ArrayList<>(entries.size() / count + 16));
    }
    for (LogEntry entry : entries) {
      parts.get(Math.floorMod(spread(hash(entry)), count)).add(entry);
    }
    return parts;
  }

  private static int hash(LogEntry entry) {
    return switch (entry) {
      case LogEntry.Intact intact ->
          switch (intact.content()) {
            case OfEvent(var event) -> event.messageId().value().hashCode();
            case OfSpan(var span) -> span.traceId().value().hashCode();
            case OfParked(var id, _) -> id.hashCode();
          };
      case LogEntry.Unreadable unreadable -> Long.hashCode(unreadable.position());
    };
  }

  /** Ids that count up in steps must not all fall into one part. */
  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }
}
