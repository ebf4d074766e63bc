package io.tillpost.alerting.rule;

import io.tillpost.message.Money;
import java.math.BigDecimal;
import java.time.Duration;

/** What a measured value is compared with. */
public sealed interface Threshold {
  /** For {@link Quantity#COUNT}. */
  record Count(long value) implements Threshold {}

  /** For {@link Quantity#OLDEST}. */
  record Age(Duration value) implements Threshold {}

  /** For {@link Quantity#MONEY}. */
  record Amount(Money value) implements Threshold {}

  /** For {@link Quantity#PERCENT}. */
  record Percent(BigDecimal value) implements Threshold {}

  /** For {@link Quantity#PERCENT}: the share that the workflow's objective promises. */
  record Promised() implements Threshold {}
}
