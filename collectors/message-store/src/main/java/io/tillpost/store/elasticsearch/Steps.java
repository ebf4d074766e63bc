package io.tillpost.store.elasticsearch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The steps of a window: aligned down to whole steps since the epoch, the last one cut short. */
record Steps(Instant start, Instant end, Duration step) {
  static Steps of(Instant from, Instant to, Duration step) {
    long millis = step.toMillis();
    if (millis < 1) {
      throw new IllegalArgumentException("A step takes at least a millisecond");
    }
    Instant start = Instant.ofEpochMilli(Math.floorDiv(from.toEpochMilli(), millis) * millis);
    return new Steps(start, to, step);
  }

  /** The beginnings of all steps, oldest first. */
  List<Instant> starts() {
    List<Instant> starts = new ArrayList<>();
    for (Instant at = start; at.isBefore(end); at = at.plus(step)) {
      starts.add(at);
    }
    return starts;
  }

  /** The end of the step that begins then. */
  Instant endOf(Instant stepStart) {
    Instant stepEnd = stepStart.plus(step);
    return stepEnd.isAfter(end) ? end : stepEnd;
  }

  /** The counts of a histogram by the milliseconds at which its buckets begin. */
  static Map<Long, Long> counts(JsonNode histogram) {
    Map<Long, Long> counts = new TreeMap<>();
    for (JsonNode bucket : histogram.path("buckets")) {
      counts.put(bucket.path("key").asLong(), bucket.path("doc_count").asLong());
    }
    return counts;
  }
}
