package io.tillpost.ingest.index;

import io.tillpost.ingest.log.LogRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a batch so that the records of one message, or of one trace, stay together in order, and
 * spans apart from events: the fewer write to an index at a time, the fewer and larger are the
 * segments that they leave behind.
 */
final class Parts {
  private Parts() {}

  /** So many parts, an even number, each in the order of the batch; some may be empty. */
  static List<List<LogRow>> of(List<LogRow> rows, int count) {
    List<List<LogRow>> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parts.add(new ArrayList<>(rows.size() / count + 16));
    }
    for (LogRow row : rows) {
      parts.get(Math.floorMod(row.group(), count)).add(row);
    }
    return parts;
  }
}
