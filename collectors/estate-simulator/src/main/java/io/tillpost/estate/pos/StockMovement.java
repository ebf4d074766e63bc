package io.tillpost.estate.pos;

import io.tillpost.estate.message.MessageKey;
import io.tillpost.estate.plan.Dice;

/**
 * A movement of stock; the same for the same message.
 *
 * @param sku the item
 * @param location where it lies, such as {@code 0412-SALES}
 * @param change pieces, negative where they left
 * @param onHand pieces afterwards
 * @param newItem whether the item is so new that the warehouse system may not know it
 */
public record StockMovement(String sku, String location, int change, int onHand, boolean newItem) {

  private static final double NEW_ITEMS = .03;

  /** The movement that a message reports. */
  public static StockMovement of(MessageKey key, String storeId, long seed) {
    Dice dice = key.dice(seed, "stock");
    boolean newItem = dice.chance(NEW_ITEMS);
    String sku =
        newItem
            ? "N-" + (9_000 + dice.below(12))
            : Catalogue.item(dice.below(Catalogue.SIZE)).sku();
    String location = storeId + (dice.chance(.7) ? "-SALES" : "-BACK");
    int change = dice.chance(.6) ? -dice.between(1, 12) : dice.between(6, 72);
    return new StockMovement(sku, location, change, dice.between(0, 240), newItem);
  }
}
