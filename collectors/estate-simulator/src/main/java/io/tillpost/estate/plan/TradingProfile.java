package io.tillpost.estate.plan;

import java.time.LocalTime;

/**
 * How the customers of a store spread over its day: 48 half-hours, summing up to one. Closed
 * half-hours have none; a store that never closes has few at night, an online shop its peak in the
 * evening.
 */
final class TradingProfile {
  static final int SLOTS = 48;

  private static final double[] SHOP = {
    3, 2, 2, 2, 2, 2, 2, 2, 3, 3, 5, 6, 9, 14, 24, 34, 44, 52, 60, 66, 74, 82, 92, 100, 104, 98, 88,
    80, 76, 78, 84, 92, 104, 116, 126, 128, 118, 102, 84, 66, 50, 38, 28, 20, 14, 9, 6, 4
  };
  private static final double[] ONLINE = {
    40, 28, 18, 14, 12, 10, 10, 10, 12, 14, 18, 24, 34, 42, 52, 58, 62, 64, 66, 68, 72, 76, 82, 86,
    84, 78, 72, 70, 70, 70, 72, 76, 82, 90, 98, 106, 116, 128, 140, 150, 154, 148, 136, 120, 102,
    86, 70, 54
  };

  private TradingProfile() {}

  static double[] of(Store store) {
    double[] base = store.format() == Store.Format.ONLINE ? ONLINE : SHOP;
    double[] profile = new double[SLOTS];
    double sum = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      LocalTime middle = LocalTime.of(slot / 2, slot % 2 * 30 + 15);
      boolean open = store.neverCloses() || open(store, middle);
      double floor = store.format() == Store.Format.ROUND_THE_CLOCK ? 12 : 0;
      profile[slot] = open ? base[slot] + floor : 0;
      sum += profile[slot];
    }
    for (int slot = 0; slot < SLOTS; slot++) {
      profile[slot] /= sum;
    }
    return profile;
  }

  private static boolean open(Store store, LocalTime time) {
    return !time.isBefore(store.opens()) && time.isBefore(store.closes());
  }
}
