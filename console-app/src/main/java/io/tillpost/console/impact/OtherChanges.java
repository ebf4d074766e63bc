package io.tillpost.console.impact;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changed of the kinds that the impact does not ask for anyway. Asked at most every five
 * seconds, for all pages together: nobody reads a list of changes faster than that.
 */
final class OtherChanges {
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final List<ChangeSource> sources;
  private @Nullable Asked last;

  OtherChanges(List<ChangeSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /** What changed lately, in any order. */
  synchronized List<Change> at(Instant now) {
    if (last == null || !last.isFresh(now)) {
      Instant from = now.minus(RecentChanges.LATELY);
      last =
          new Asked(
              now, sources.stream().flatMap(source -> source.between(from, now).stream()).toList());
    }
    return last.changes();
  }

  private record Asked(Instant at, List<Change> changes) {
    boolean isFresh(Instant now) {
      return !now.isBefore(at) && now.isBefore(at.plus(FRESH));
    }
  }
}
