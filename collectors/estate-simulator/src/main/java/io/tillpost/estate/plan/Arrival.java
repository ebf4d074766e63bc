package io.tillpost.estate.plan;

import java.time.LocalDate;

/**
 * Something happens in a store that starts a message.
 *
 * @param at epoch milliseconds
 * @param store where
 * @param register the till, 0 where it is no till
 * @param businessDate the store's date it belongs to
 * @param kind what happens
 */
public record Arrival(long at, Store store, int register, LocalDate businessDate, Kind kind) {

  /** What happens. */
  public enum Kind {
    /** A till completes a transaction: a sale or a return, as its number decides. */
    TRANSACTION,
    STOCK_MOVEMENT,
    PRICE_CHANGE,
    PROMOTION,
    END_OF_DAY
  }
}
