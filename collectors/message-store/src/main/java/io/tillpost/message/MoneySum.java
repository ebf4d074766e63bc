package io.tillpost.message;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Money of several currencies, added up per currency and never converted.
 *
 * @param minorByCurrency minor units by ISO 4217 code, ordered by code; empty for no money
 */
public record MoneySum(SortedMap<String, Long> minorByCurrency) {
  /** No money at all. */
  public static final MoneySum NONE = new MoneySum(new TreeMap<>());

  public MoneySum {
    minorByCurrency = Collections.unmodifiableSortedMap(new TreeMap<>(minorByCurrency));
  }

  /** One amount as a sum. */
  public static MoneySum of(Money money) {
    return new MoneySum(new TreeMap<>(Map.of(money.currency(), money.minor())));
  }

  /** Both sums together, currency by currency. */
  public MoneySum plus(MoneySum other) {
    TreeMap<String, Long> sum = new TreeMap<>(minorByCurrency);
    other.minorByCurrency.forEach((currency, minor) -> sum.merge(currency, minor, Math::addExact));
    return new MoneySum(sum);
  }

  /** The amounts, ordered by currency code. */
  public List<Money> amounts() {
    return minorByCurrency.entrySet().stream()
        .map(e -> new Money(e.getValue(), e.getKey()))
        .toList();
  }

  /** Whether there is no amount in any currency. */
  public boolean isEmpty() {
    return minorByCurrency.isEmpty();
  }
}
