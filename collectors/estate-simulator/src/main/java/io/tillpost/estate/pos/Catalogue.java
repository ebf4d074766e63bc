package io.tillpost.estate.pos;

import io.tillpost.estate.plan.Region;
import java.util.List;

/** The items that stores sell. */
final class Catalogue {
  static final int SIZE = 400;

  private static final List<String> KINDS =
      List.of(
          "Coffee beans",
          "Mineral water",
          "Rye bread",
          "Olive oil",
          "Shampoo",
          "Notebook",
          "Candle",
          "Chocolate",
          "Apples",
          "Pasta",
          "Washing powder",
          "Batteries",
          "Tea towel",
          "Cheese",
          "Orange juice",
          "Socks",
          "Light bulb",
          "Yoghurt",
          "Toothpaste",
          "Cereal");
  private static final List<String> SIZES = List.of("small", "regular", "large", "family pack");
  private static final Item[] ITEMS = new Item[SIZE];

  static {
    for (int i = 0; i < SIZE; i++) {
      String kind = KINDS.get(i % KINDS.size());
      String size = SIZES.get(i / KINDS.size() % SIZES.size());
      long cents = 79 + (i * 37L % 97) * (i % 7 == 0 ? 35 : 12);
      ITEMS[i] = new Item("A-" + (100 + i), kind + " " + size, cents, i % 5 < 3);
    }
  }

  /** An item; its price is in euro cents. */
  record Item(String sku, String text, long cents, boolean reducedTax) {}

  private Catalogue() {}

  static Item item(int index) {
    return ITEMS[index];
  }

  static long price(Item item, Region region) {
    return Math.max(1, Math.round(item.cents() * region.priceFactor()));
  }
}
