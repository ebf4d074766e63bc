package io.tillpost.estate.erp;

import io.tillpost.estate.message.Message;
import io.tillpost.estate.message.Target;
import io.tillpost.estate.pos.StockMovement;
import io.tillpost.estate.trouble.Course;
import io.tillpost.estate.trouble.Effect;
import io.tillpost.estate.trouble.Troubles;
import java.util.Map;

/** The warehouse system: takes stock movements of items that it knows. */
public final class Warehouse implements Target {
  private final Troubles troubles;
  private final long seed;

  /** A warehouse system that suffers from these troubles. */
  public Warehouse(Troubles troubles, long seed) {
    this.troubles = troubles;
    this.seed = seed;
  }

  @Override
  public boolean isHeld(Message message, long at) {
    return false;
  }

  @Override
  public long latency(Message message, long at) {
    return message.key().dice(seed, "wms" + message.attempt()).latency(60, 210);
  }

  @Override
  public Answer take(Message message, long at) {
    if (message.posted()) {
      return new Posted();
    }
    Course missing = troubles.affecting(Effect.ITEM_NOT_FOUND, message.store(), at);
    if (missing != null) {
      StockMovement movement = StockMovement.of(message.key(), message.store().id(), seed);
      if (movement.newItem() && !namesAnother(message, movement.sku())) {
        return new Refused(
            missing.failure(
                Map.of(
                    "sku", movement.sku(),
                    "location", movement.location(),
                    "number", Integer.toString(message.key().number()))));
      }
    }
    message.post();
    return new Posted();
  }

  /** Whether somebody corrected the payload so that it names another item. */
  private static boolean namesAnother(Message message, String missing) {
    String corrected = message.correctedPayload();
    return corrected != null && !corrected.contains("\"" + missing + "\"");
  }
}
