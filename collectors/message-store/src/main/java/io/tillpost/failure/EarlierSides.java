package io.tillpost.failure;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hand-overs that are not kept one by one any more, added up.
 *
 * @param first when the first of them happened
 * @param from who had to act until then
 * @param last when the latest of them happened
 * @param with how long each side had to act from the first to the last
 * @param handOvers how many they are
 */
public record EarlierSides(
    Instant first, OwnerSide from, Instant last, Map<OwnerSide, Duration> with, int handOvers) {
  public EarlierSides {
    with = Map.copyOf(with);
  }

  /**
   * These and more.
   *
   * @param earlier what there is, or null
   * @param more that happened after them, oldest first
   * @return null while there is none at all
   */
  static @Nullable EarlierSides with(@Nullable EarlierSides earlier, List<SideChange> more) {
    EarlierSides all = earlier;
    for (SideChange change : more) {
      all = all == null ? of(change) : all.and(change);
    }
    return all;
  }

  private static EarlierSides of(SideChange change) {
    return new EarlierSides(change.at(), change.from(), change.at(), Map.of(), 1);
  }

  /** As {@link SideClock} goes on: clocks of consoles differ, and no stretch is less than none. */
  private EarlierSides and(SideChange change) {
    if (!change.at().isAfter(last)) {
      return new EarlierSides(first, from, last, with, handOvers + 1);
    }
    Map<OwnerSide, Duration> longer = new EnumMap<>(OwnerSide.class);
    longer.putAll(with);
    longer.merge(change.from(), Duration.between(last, change.at()), Duration::plus);
    return new EarlierSides(first, from, change.at(), longer, handOvers + 1);
  }
}
