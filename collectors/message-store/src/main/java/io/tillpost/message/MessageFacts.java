package io.tillpost.message;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the events of a message said of it, for each fact the last word.
 *
 * @param workflow the business process
 * @param payload the content type of the last payload; the event it names holds the payload itself
 * @param keys further business keys by name
 */
public record MessageFacts(
    Latest<String> workflow,
    @Nullable Latest<String> correlationId,
    @Nullable Latest<String> source,
    @Nullable Latest<String> target,
    @Nullable Latest<String> storeId,
    @Nullable Latest<String> registerId,
    @Nullable Latest<LocalDate> businessDate,
    @Nullable Latest<Long> transactionNumber,
    @Nullable Latest<Money> amount,
    @Nullable Latest<String> schemaVersion,
    @Nullable Latest<String> payload,
    SortedMap<String, Latest<String>> keys) {
  public MessageFacts {
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
  }
}
