package io.tillpost.ingest.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a total grows, over about the last ten seconds. */
final class Rate {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final double MILLIS = 1_000;

  private final Deque<Seen> seen = new ArrayDeque<>();

  private record Seen(Instant time, long total) {}

  /** A second, one decimal place. */
  synchronized double at(Instant now, long total) {
    seen.addLast(new Seen(now, total));
    while (seen.size() > 2 && seen.getFirst().time().isBefore(now.minus(WINDOW))) {
      seen.removeFirst();
    }
    Seen first = seen.getFirst();
    long millis = Duration.between(first.time(), now).toMillis();
    return millis <= 0 ? 0 : Math.round((total - first.total()) * MILLIS / millis * 10) / 10.0;
  }
}
