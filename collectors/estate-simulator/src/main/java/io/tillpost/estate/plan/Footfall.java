package io.tillpost.estate.plan;

import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;

/**
 * Which store the next customer enters: kept for one half-hour at a time, as every profile changes
 * on half-hours only.
 */
public final class Footfall {
  private static final long HALF_HOUR = 1_800_000;

  private final List<Store> stores;
  private final double[][] profiles;
  private final double averageSize;
  private final double[] cumulative;
  private long halfHour = Long.MIN_VALUE;

  /** Footfall of these stores, by number from 1; move it to a time before asking. */
  public Footfall(List<Store> stores) {
    this.stores = stores;
    this.profiles = new double[stores.size()][];
    this.cumulative = new double[stores.size()];
    double size = 0;
    for (int i = 0; i < profiles.length; i++) {
      profiles[i] = TradingProfile.of(stores.get(i));
      size += stores.get(i).size();
    }
    averageSize = size / Math.max(1, profiles.length);
  }

  void moveTo(long at) {
    long wanted = Math.floorDiv(at, HALF_HOUR);
    if (wanted == halfHour) {
      return;
    }
    halfHour = wanted;
    double sum = 0;
    for (int i = 0; i < profiles.length; i++) {
      sum += share(i, at);
      cumulative[i] = sum;
    }
  }

  /** How many times the average of the day the estate is visited now. */
  double now() {
    return cumulative[cumulative.length - 1] * TradingProfile.SLOTS / cumulative.length;
  }

  Store choose(double unit) {
    double wanted = unit * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, wanted);
    int index = found < 0 ? -found - 1 : found + 1;
    return stores.get(Math.min(index, stores.size() - 1));
  }

  /** Till transactions a store is expected to have in an hour around a time, at history's pace. */
  public double expectedPerHour(Store store, long at) {
    return share(store.number() - 1, at) * Arrivals.TRANSACTIONS_A_DAY * 2;
  }

  private double share(int index, long at) {
    Store store = stores.get(index);
    LocalTime time = LocalTime.ofInstant(Instant.ofEpochMilli(at), store.zone());
    int slot = time.toSecondOfDay() / 1_800;
    return profiles[index][slot] * store.size() / averageSize;
  }
}
