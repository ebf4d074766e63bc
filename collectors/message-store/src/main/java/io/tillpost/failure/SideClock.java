package io.tillpost.failure;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long an exception has been with each side, and how often it went over to the other.
 *
 * @param with how long, for each side
 * @param handOvers how often it was handed over; more than once is back and forth
 */
public record SideClock(Map<OwnerSide, Duration> with, int handOvers) {
  public SideClock {
    with = Map.copyOf(with);
  }

  /** How long it has been with that side. */
  public Duration with(OwnerSide side) {
    return with.getOrDefault(side, Duration.ZERO);
  }

  /**
   * Adds up from the first failure until now.
   *
   * @param since when the exception came into being. Hand-overs before only say who had it then;
   *     where this lies among those that are not kept one by one, the first of them counts
   * @param current who has to act now
   * @param history when it went over
   * @param now the end of the last stretch
   */
  public static SideClock of(Instant since, OwnerSide current, SideHistory history, Instant now) {
    Map<OwnerSide, Duration> with = new EnumMap<>(OwnerSide.class);
    for (OwnerSide side : OwnerSide.values()) {
      with.put(side, Duration.ZERO);
    }
    Instant from = since;
    EarlierSides earlier = history.earlier();
    if (earlier != null && earlier.last().isAfter(since)) {
      if (earlier.first().isAfter(since)) {
        with.merge(earlier.from(), Duration.between(since, earlier.first()), Duration::plus);
      }
      earlier.with().forEach((side, time) -> with.merge(side, time, Duration::plus));
      from = earlier.last();
    }
    for (SideChange change : history.changes()) {
      if (change.at().isAfter(from)) {
        with.merge(change.from(), Duration.between(from, change.at()), Duration::plus);
        from = change.at();
      }
    }
    if (now.isAfter(from)) {
      with.merge(current, Duration.between(from, now), Duration::plus);
    }
    return new SideClock(
        with, history.changes().size() + (earlier == null ? 0 : earlier.handOvers()));
  }
}
