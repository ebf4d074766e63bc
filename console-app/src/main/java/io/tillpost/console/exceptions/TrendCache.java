package io.tillpost.console.exceptions;

import io.tillpost.failure.Fingerprint;
import io.tillpost.store.ImpactQueries.Point;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Keeps trends for a minute: a list of exceptions shows many, and each is a query of its own. */
final class TrendCache {
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final int MOST = 2_000;

  private final Map<Fingerprint, Kept> kept = new ConcurrentHashMap<>();
  private final Function<Fingerprint, List<Point>> query;
  private final Clock clock;

  TrendCache(Function<Fingerprint, List<Point>> query, Clock clock) {
    this.query = query;
    this.clock = clock;
  }

  List<Point> of(Fingerprint fingerprint) {
    Instant now = clock.instant();
    Kept known = kept.get(fingerprint);
    if (known != null && now.isBefore(known.at().plus(FRESH))) {
      return known.points();
    }
    if (kept.size() >= MOST) {
      kept.clear();
    }
    List<Point> points = query.apply(fingerprint);
    kept.put(fingerprint, new Kept(points, now));
    return points;
  }

  private record Kept(List<Point> points, Instant at) {}
}
