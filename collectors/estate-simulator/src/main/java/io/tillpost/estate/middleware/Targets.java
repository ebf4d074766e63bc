package io.tillpost.estate.middleware;

import io.tillpost.estate.erp.Erp;
import io.tillpost.estate.erp.Warehouse;
import io.tillpost.estate.message.Message;
import io.tillpost.estate.message.Target;
import io.tillpost.estate.saas.Loyalty;
import io.tillpost.estate.trouble.Effect;
import io.tillpost.estate.trouble.Troubles;

/** The systems behind the middleware. */
final class Targets {
  private final Erp erp;
  private final Warehouse warehouse;
  private final Loyalty loyalty;
  private final Target stores;

  Targets(Troubles troubles, long seed) {
    erp = new Erp(troubles, seed);
    warehouse = new Warehouse(troubles, seed);
    loyalty = new Loyalty(troubles, seed);
    stores = new StoreInbox(troubles, seed);
  }

  Erp erp() {
    return erp;
  }

  Loyalty loyalty() {
    return loyalty;
  }

  Target of(Message message) {
    return switch (message.workflow()) {
      case SALES_POSTING, RETURNS, END_OF_DAY -> erp;
      case INVENTORY_SYNC -> warehouse;
      case LOYALTY -> loyalty;
      case PRICE_DISTRIBUTION, PROMOTION_DISTRIBUTION -> stores;
    };
  }

  /** The back office of a store; what is meant for a store whose line is down is held. */
  private record StoreInbox(Troubles troubles, long seed) implements Target {
    @Override
    public boolean isHeld(Message message, long at) {
      return lineDown(troubles, message, at);
    }

    @Override
    public long latency(Message message, long at) {
      return message.key().dice(seed, "inbox" + message.attempt()).latency(150, 700);
    }

    @Override
    public Answer take(Message message, long at) {
      message.post();
      return new Posted();
    }
  }

  /** Whether nothing gets into or out of the store of a message at a time. */
  static boolean lineDown(Troubles troubles, Message message, long at) {
    return troubles.affecting(Effect.STORE_OFFLINE, message.store(), at) != null
        || troubles.affecting(Effect.STORE_DARK, message.store(), at) != null;
  }
}
