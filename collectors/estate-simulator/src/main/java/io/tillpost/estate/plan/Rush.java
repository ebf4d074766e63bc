package io.tillpost.estate.plan;

import java.util.List;

/**
 * Extra customers in some stores for a while.
 *
 * @param stores which stores
 * @param from epoch milliseconds
 * @param to epoch milliseconds, exclusive
 * @param perStoreAndHour extra till transactions
 */
public record Rush(List<Store> stores, long from, long to, double perStoreAndHour) {}
