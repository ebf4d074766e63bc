package io.tillpost.alerting.rule;

import java.util.Locale;

/** One number of what was measured, that a condition can compare. */
public enum Quantity {
  /** How many; what is counted depends on the measure. */
  COUNT,
  /** The money behind it; amounts of one currency are compared, never converted. */
  MONEY,
  /** The age of the oldest. */
  OLDEST,
  /** A share of a hundred. */
  PERCENT;

  /** As it is written in rule files: {@code oldest}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
