package io.tillpost.alerting.evaluate;

import io.tillpost.message.MoneySum;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one store.
 *
 * @param storeId like {@code 0412}
 * @param name as shown; the id where the store is not known
 * @param count how many messages; 0 where messages are not what is counted
 * @param money behind them
 * @param oldest when the oldest was captured, or when the store was last heard of; null if unknown
 */
public record AffectedStore(
    String storeId, String name, long count, MoneySum money, @Nullable Instant oldest) {}
