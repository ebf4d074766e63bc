package io.tillpost.estate.pos;

import io.tillpost.estate.message.MessageKey;
import io.tillpost.estate.plan.Dice;
import io.tillpost.estate.plan.Region;
import io.tillpost.estate.plan.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * What a customer bought or brought back; the same for the same transaction.
 *
 * @param lines the lines of the receipt, never empty
 * @param cash whether it was paid in cash, else by card
 */
public record Basket(List<Line> lines, boolean cash) {

  /** The tax code of gift hampers, which the ERP forgets at times. */
  public static final String HAMPER_RATE = "19X";

  private static final double HAMPER_SHARE = .008;

  /** A line; money in minor units of the store's currency. */
  public record Line(
      String sku, String text, int quantity, long unitPrice, String taxCode, int taxRate) {
    long total() {
      return quantity * unitPrice;
    }
  }

  /** What was bought or brought back in this transaction. */
  public static Basket of(MessageKey key, Store store, long seed) {
    Dice dice = key.dice(seed, "basket");
    Region region = store.region();
    int count = 1 + (int) Math.min(9, dice.latency(0, 2));
    int hamper = dice.chance(HAMPER_SHARE) ? dice.below(count) : -1;
    List<Line> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lines.add(i == hamper ? hamper(region, dice) : line(region, dice));
    }
    return new Basket(lines, dice.chance(.36));
  }

  private static Line line(Region region, Dice dice) {
    Catalogue.Item item = Catalogue.item(dice.below(Catalogue.SIZE));
    int rate = item.reducedTax() ? region.reducedRate() : region.standardRate();
    return new Line(
        item.sku(),
        item.text(),
        dice.chance(.8) ? 1 : dice.between(2, 4),
        Catalogue.price(item, region),
        region.country() + "-" + (rate < 10 ? "0" : "") + rate,
        rate);
  }

  private static Line hamper(Region region, Dice dice) {
    return new Line(
        "GH-" + dice.between(210, 219),
        "Gift hamper",
        1,
        Math.round(dice.between(39, 99) * 100 * region.priceFactor() / 50) * 50 - 1,
        region.country() + "-" + HAMPER_RATE,
        region.standardRate());
  }

  /** What it comes to, minor units. */
  public long total() {
    long total = 0;
    for (Line line : lines) {
      total += line.total();
    }
    return total;
  }

  /** The line with the gift hamper, from 0, or -1. */
  public int hamperLine() {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).taxCode().endsWith(HAMPER_RATE)) {
        return i;
      }
    }
    return -1;
  }
}
