package io.tillpost.console.exceptions;

import io.tillpost.failure.Fingerprint;
import io.tillpost.store.ImpactQueries.Point;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps trends for a minute. A list asks for them row by row; the first row that is not there
 * brings those of the other rows with it, in one query.
 */
final class TrendCache {
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final int MOST = 2_000;

  /** How many rows of a list are likely to be looked at. */
  private static final int AT_ONCE = 200;

  private final Map<Fingerprint, Kept> kept = new ConcurrentHashMap<>();
  private final Function<Set<Fingerprint>, Map<Fingerprint, List<Point>>> query;
  private final Clock clock;
  private volatile List<Fingerprint> listed = List.of();

  TrendCache(Function<Set<Fingerprint>, Map<Fingerprint, List<Point>>> query, Clock clock) {
    this.query = query;
    this.clock = clock;
  }

  /** These are listed now, and their trends are likely to be asked for, the first ones first. */
  void expect(Collection<Fingerprint> fingerprints) {
    listed = fingerprints.stream().limit(AT_ONCE).toList();
  }

  List<Point> of(Fingerprint fingerprint) {
    List<Point> known = fresh(fingerprint);
    return known == null ? load(fingerprint) : known;
  }

  private synchronized List<Point> load(Fingerprint fingerprint) {
    List<Point> known = fresh(fingerprint);
    if (known != null) {
      return known;
    }
    Set<Fingerprint> missing = new LinkedHashSet<>(Set.of(fingerprint));
    listed.stream().filter(one -> fresh(one) == null).forEach(missing::add);
    Map<Fingerprint, List<Point>> found = query.apply(missing);
    if (kept.size() + found.size() > MOST) {
      kept.clear();
    }
    Instant now = clock.instant();
    found.forEach((one, points) -> kept.put(one, new Kept(points, now)));
    return found.getOrDefault(fingerprint, List.of());
  }

  private @Nullable List<Point> fresh(Fingerprint fingerprint) {
    Kept known = kept.get(fingerprint);
    return known != null && clock.instant().isBefore(known.at().plus(FRESH))
        ? known.points()
        : null;
  }

  private record Kept(List<Point> points, Instant at) {}
}
