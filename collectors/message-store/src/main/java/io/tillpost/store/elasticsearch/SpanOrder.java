package io.tillpost.store.elasticsearch;

import io.tillpost.store.WrittenSpan;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The order in which the spans of a batch are written: by trace, as their index is sorted, so that
 * Elasticsearch has less to sort. See RATIONALE.md of ingest, "In the order of the index".
 */
final class SpanOrder {
  private SpanOrder() {}

  /** A span and where it is in its list. */
  private record Placed(String documentId, int place) {}

  /** The places in this list, by the ids of the documents, which begin with that of the trace. */
  static int[] of(List<WrittenSpan> spans) {
    return IntStream.range(0, spans.size())
        .mapToObj(place -> new Placed(spans.get(place).documentId(), place))
        .sorted(Comparator.comparing(Placed::documentId))
        .mapToInt(Placed::place)
        .toArray();
  }
}
