package io.tillpost.estate.plan;

import io.tillpost.estate.plan.Arrival.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What happens in the stores, in time order. Chance is thrown per slot of time, so that the same
 * stretch of time at the same pace holds the same arrivals however it is cut.
 */
public final class Arrivals {
  static final double TRANSACTIONS_A_DAY = 57;
  private static final double STOCK_MOVEMENTS_A_DAY = 9.2;
  private static final double PRICE_CHANGES_A_DAY = 4.2;
  private static final double PROMOTIONS_A_DAY = 1.6;
  private static final double DAY = 86_400_000;

  /** What one till transaction amounts to in messages, with its loyalty points. */
  private static final double MESSAGES_A_TRANSACTION = 1.3;

  private final List<Store> stores;
  private final long seed;
  private final List<Rush> rushes;
  private final Footfall footfall;
  private final Closings closings;

  /** Arrivals of these stores, with the extra customers of {@code rushes}. */
  public Arrivals(List<Store> stores, long seed, List<Rush> rushes) {
    this.stores = List.copyOf(stores);
    this.seed = seed;
    this.rushes = List.copyOf(rushes);
    this.footfall = new Footfall(this.stores);
    this.closings = new Closings(this.stores, seed);
  }

  /**
   * The arrivals after {@code from} up to and with {@code to} (epoch milliseconds), oldest first.
   */
  public List<Arrival> between(long from, long to, Pace pace) {
    List<Arrival> found = new ArrayList<>();
    long length = pace.slotMillis();
    for (long slot = from - Math.floorMod(from, length); slot <= to; slot += length) {
      throwDice(slot, pace, found);
    }
    closings.between(from, to, found);
    found.removeIf(arrival -> arrival.at() <= from || arrival.at() > to);
    found.sort(
        Comparator.comparingLong(Arrival::at)
            .thenComparingInt(arrival -> arrival.store().number())
            .thenComparing(Arrival::kind));
    return found;
  }

  private void throwDice(long slot, Pace pace, List<Arrival> into) {
    Dice dice = Dice.of(seed, slot, pace.slotMillis());
    footfall.moveTo(slot);
    double perSlot = pace.density() * pace.slotMillis() / DAY * stores.size();
    double customers = TRANSACTIONS_A_DAY * perSlot * footfall.now();
    double stock = STOCK_MOVEMENTS_A_DAY * perSlot * (.6 * footfall.now() + .4);
    double prices = PRICE_CHANGES_A_DAY * perSlot;
    double promotions = PROMOTIONS_A_DAY * perSlot;
    double messages = customers * MESSAGES_A_TRANSACTION + stock + prices + promotions;
    double least = pace.leastPerSecond() * pace.slotMillis() / 1_000;
    double raise = messages < least ? least / messages : 1;
    arrive(Kind.TRANSACTION, customers * raise, slot, pace, dice, into);
    arrive(Kind.STOCK_MOVEMENT, stock * raise, slot, pace, dice, into);
    arrive(Kind.PRICE_CHANGE, prices, slot, pace, dice, into);
    arrive(Kind.PROMOTION, promotions, slot, pace, dice, into);
    for (Rush rush : rushes) {
      rush(rush, slot, pace, into);
    }
  }

  private void arrive(
      Kind kind, double expected, long slot, Pace pace, Dice dice, List<Arrival> into) {
    int count = dice.poisson(expected);
    for (int i = 0; i < count; i++) {
      boolean byFootfall = kind == Kind.TRANSACTION || kind == Kind.STOCK_MOVEMENT;
      Store store =
          byFootfall ? footfall.choose(dice.unit()) : stores.get(dice.below(stores.size()));
      into.add(arrival(slot + dice.below((int) pace.slotMillis()), store, kind, dice));
    }
  }

  private void rush(Rush rush, long slot, Pace pace, List<Arrival> into) {
    if (slot + pace.slotMillis() <= rush.from() || slot >= rush.to()) {
      return;
    }
    for (Store store : rush.stores()) {
      Dice dice = Dice.of(seed + store.number(), slot, "rush");
      int count = dice.poisson(rush.perStoreAndHour() * pace.slotMillis() / 3_600_000.0);
      for (int i = 0; i < count; i++) {
        into.add(
            arrival(slot + dice.below((int) pace.slotMillis()), store, Kind.TRANSACTION, dice));
      }
    }
  }

  private static Arrival arrival(long at, Store store, Kind kind, Dice dice) {
    int register = 0;
    if (kind == Kind.TRANSACTION) {
      int any = dice.below(store.registers());
      register = 1 + (dice.chance(.5) ? Math.min(any, dice.below(store.registers())) : any);
    }
    LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(at), store.zone());
    return new Arrival(at, store, register, date, kind);
  }
}
