package io.tillpost.alerting.rule;

import java.util.List;

/** When the alert of a rule is on ({@code when}). */
public sealed interface Condition {
  /** One measured value compared with a threshold. */
  record Compare(Quantity quantity, Operator operator, Threshold threshold) implements Condition {}

  /** All of them; at least one. */
  record All(List<Condition> parts) implements Condition {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** At least one of them. */
  record Any(List<Condition> parts) implements Condition {
    public Any {
      parts = List.copyOf(parts);
    }
  }
}
