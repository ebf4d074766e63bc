package io.tillpost.message;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a person would look for: store, business date, register and transaction number of a sale;
 * SKU and location of a stock movement.
 *
 * @param storeId like {@code 0412}; null where no store takes part
 * @param registerId the till within the store, or null
 * @param businessDate the store's business date, or null
 * @param transactionNumber counts up per store, register and business date, or null
 * @param keys further keys by name ({@code receipt}, {@code sku}, {@code location} …), ordered by
 *     name
 */
public record BusinessKey(
    @Nullable String storeId,
    @Nullable String registerId,
    @Nullable LocalDate businessDate,
    @Nullable Long transactionNumber,
    SortedMap<String, String> keys) {
  /** No key at all. */
  public static final BusinessKey NONE = new BusinessKey(null, null, null, null, new TreeMap<>());

  public BusinessKey {
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
  }

  /** A key with these further keys in any order. */
  public static BusinessKey of(
      @Nullable String storeId,
      @Nullable String registerId,
      @Nullable LocalDate businessDate,
      @Nullable Long transactionNumber,
      Map<String, String> keys) {
    return new BusinessKey(
        storeId,
        registerId,
        businessDate,
        transactionNumber,
        keys instanceof SortedMap<String, String> sorted && sorted.comparator() == null
            ? sorted
            : new TreeMap<>(keys));
  }
}
