package io.tillpost.console.exceptions;

import io.tillpost.failure.Fingerprint;
import io.tillpost.store.ImpactQueries.Point;
import io.tillpost.store.StoreUnavailableException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps trends for a minute. A list asks for them row by row; the first row that is not there
 * brings those of the other rows with it, in one query.
 */
final class TrendCache {
  private static final Logger log = LoggerFactory.getLogger(TrendCache.class);
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final int MOST = 2_000;

  /** How many rows of a list are likely to be looked at. */
  private static final int AT_ONCE = 200;

  /** So long nobody is asked after an answer that did not come: each row would wait for its own. */
  private static final Duration REST = Duration.ofSeconds(10);

  private final Map<Fingerprint, Kept> kept = new ConcurrentHashMap<>();
  private final Function<Set<Fingerprint>, Map<Fingerprint, List<Point>>> query;
  private final Clock clock;
  private volatile List<Fingerprint> listed = List.of();
  private Instant askAgain = Instant.MIN;

  TrendCache(Function<Set<Fingerprint>, Map<Fingerprint, List<Point>>> query, Clock clock) {
    this.query = query;
    this.clock = clock;
  }

  /** These are listed now, and their trends are likely to be asked for, the first ones first. */
  void expect(Collection<Fingerprint> fingerprints) {
    listed = fingerprints.stream().limit(AT_ONCE).toList();
  }

  /** Oldest first; empty where the storage does not answer. */
  List<Point> of(Fingerprint fingerprint) {
    List<Point> known = fresh(fingerprint);
    return known == null ? load(fingerprint) : known;
  }

  private synchronized List<Point> load(Fingerprint fingerprint) {
    List<Point> known = fresh(fingerprint);
    if (known != null) {
      return known;
    }
    if (clock.instant().isBefore(askAgain)) {
      return List.of();
    }
    Set<Fingerprint> missing = new LinkedHashSet<>(Set.of(fingerprint));
    listed.stream().filter(one -> fresh(one) == null).forEach(missing::add);
    Map<Fingerprint, List<Point>> found;
    try {
      found = query.apply(missing);
    } catch (StoreUnavailableException e) {
      log.warn("Trends are not known now and are left out for {}: {}", REST, e.getMessage());
      askAgain = clock.instant().plus(REST);
      return List.of();
    }
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
