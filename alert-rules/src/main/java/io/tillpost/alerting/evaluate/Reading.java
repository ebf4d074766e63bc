package io.tillpost.alerting.evaluate;

import io.tillpost.message.MoneySum;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured for one alert.
 *
 * @param count what the measure counts
 * @param money behind it; none where the measure has no money
 * @param oldest the moment that the age is counted from; null for none
 * @param percent a share of a hundred; null where there is none, as with nothing due
 * @param promised what the workflow's objective promises, of a hundred; null where it does not
 *     matter
 * @param stores the worst first, at most {@link #MOST_STORES}
 * @param furtherStores how many more there are
 */
public record Reading(
    long count,
    MoneySum money,
    @Nullable Instant oldest,
    @Nullable Double percent,
    @Nullable Double promised,
    List<AffectedStore> stores,
    int furtherStores) {
  /** As many stores are named. */
  public static final int MOST_STORES = 20;

  /** Nothing at all. */
  public static final Reading NOTHING =
      new Reading(0, MoneySum.NONE, null, null, null, List.of(), 0);

  public Reading {
    stores = List.copyOf(stores);
  }
}
