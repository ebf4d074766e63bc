package io.tillpost.estate.plan;

import io.tillpost.estate.plan.Store.Format;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays out the stores of the estate, the same for the same seed. */
public final class StorePlan {
  /** The largest estate: store ids have four digits. */
  public static final int MOST_STORES = 9_999;

  private static final List<String> QUARTERS =
      List.of("Central", "Station", "Market", "Harbour", "East", "West", "North", "South", "Park");

  private StorePlan() {}

  /**
   * The stores, by number from 1, grouped by region.
   *
   * @param count 1 to {@value #MOST_STORES}
   * @param seed chooses formats, hours, registers and sizes
   */
  public static List<Store> stores(int count, long seed) {
    List<Store> stores = new ArrayList<>(count);
    double share = 0;
    for (Region region : Region.ALL) {
      share += region.share();
      int end = region.equals(Region.ALL.getLast()) ? count : (int) Math.round(share * count);
      int first = stores.size();
      while (stores.size() < end) {
        stores.add(store(stores.size() + 1, region, stores.size() - first, seed));
      }
    }
    return List.copyOf(stores);
  }

  private static Store store(int number, Region region, int index, long seed) {
    Dice dice = Dice.of(seed, number, "store");
    Format format = format(number, dice);
    LocalTime opens = LocalTime.MIN;
    LocalTime closes = LocalTime.of(23, 59);
    if (format != Format.ROUND_THE_CLOCK && format != Format.ONLINE) {
      int early = format == Format.CONVENIENCE ? 6 : format == Format.SUPERMARKET ? 7 : 9;
      int late = format == Format.CONVENIENCE ? 22 : format == Format.SUPERMARKET ? 20 : 19;
      opens = LocalTime.of(early + dice.below(2), dice.chance(.3) ? 30 : 0);
      closes = LocalTime.of(late + dice.below(2), dice.chance(.3) ? 30 : 0);
    }
    double size = (format == Format.ONLINE ? 1.6 : .45) + dice.unit() * dice.unit() * 2.2;
    int registers = Math.max(2, (int) Math.round(size * 5));
    return new Store(
        number, name(region, index, format), region, format, opens, closes, registers, size);
  }

  /** Every fiftieth store sells online and every tenth never closes, so that nights move too. */
  private static Format format(int number, Dice dice) {
    if (number % 50 == 1) {
      return Format.ONLINE;
    }
    if (number % 10 == 5) {
      return Format.ROUND_THE_CLOCK;
    }
    double kind = dice.unit();
    return kind < .72
        ? Format.SUPERMARKET
        : kind < .86 ? Format.DEPARTMENT_STORE : Format.CONVENIENCE;
  }

  private static String name(Region region, int index, Format format) {
    String city = region.cities().get(index % region.cities().size());
    int round = index / region.cities().size();
    String quarter = QUARTERS.get(round % QUARTERS.size());
    String place = city + (format == Format.ONLINE ? " Online " : " ") + quarter;
    int again = round / QUARTERS.size();
    return again == 0 ? place : String.format(Locale.ROOT, "%s %d", place, again + 1);
  }
}
