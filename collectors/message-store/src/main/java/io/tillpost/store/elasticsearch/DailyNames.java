package io.tillpost.store.elasticsearch;

import java.time.Instant;

/** The names of daily indices for moments that are mostly of the same day. For one thread. */
final class DailyNames {
  private static final long SECONDS_PER_DAY = 86_400;

  private final DailyIndex indices;
  private long day = Long.MIN_VALUE;
  private String name = "";

  DailyNames(DailyIndex indices) {
    this.indices = indices;
  }

  /** As {@link DailyIndex#at}. */
  String at(Instant moment) {
    long wanted = Math.floorDiv(moment.getEpochSecond(), SECONDS_PER_DAY);
    if (wanted != day) {
      name = indices.at(moment);
      day = wanted;
    }
    return name;
  }
}
