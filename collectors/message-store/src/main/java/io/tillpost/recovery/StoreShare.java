package io.tillpost.recovery;

import io.tillpost.message.MoneySum;
import java.util.Comparator;

/**
 * What of a frozen list is of one store.
 *
 * @param store its id, or {@link OperationSummary#NO_STORE} for the messages that name none
 * @param messages how many are to be dispatched
 * @param money behind those
 */
public record StoreShare(String store, int messages, MoneySum money) {
  /** The most messages first. Money does not order them: it may be in several currencies. */
  public static final Comparator<StoreShare> GREATEST_FIRST =
      Comparator.comparingInt(StoreShare::messages).reversed().thenComparing(StoreShare::store);
}
