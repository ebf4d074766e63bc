package io.tillpost.alerting.evaluate;

import io.tillpost.alerting.rule.Condition;
import io.tillpost.alerting.rule.Threshold;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Whether a condition holds, and why.
 *
 * @param holds whether the alert is on
 * @param comparisons every comparison of the condition, in its order
 */
record Verdict(boolean holds, List<Comparison> comparisons) {
  /** Compares what was measured with the condition. What was not measured satisfies nothing. */
  static Verdict of(Condition condition, Reading reading, Instant now) {
    List<Comparison> comparisons = new ArrayList<>();
    boolean holds = holds(condition, reading, now, comparisons);
    return new Verdict(holds, List.copyOf(comparisons));
  }

  private static boolean holds(
      Condition condition, Reading reading, Instant now, List<Comparison> comparisons) {
    return switch (condition) {
      case Condition.All(List<Condition> parts) -> {
        boolean all = true;
        for (Condition part : parts) {
          all &= holds(part, reading, now, comparisons);
        }
        yield all;
      }
      case Condition.Any(List<Condition> parts) -> {
        boolean any = false;
        for (Condition part : parts) {
          any |= holds(part, reading, now, comparisons);
        }
        yield any;
      }
      case Condition.Compare compare -> {
        OptionalInt comparison = compare(compare.threshold(), reading, now);
        boolean holds = comparison.isPresent() && compare.operator().accepts(comparison.getAsInt());
        comparisons.add(
            new Comparison(
                compare.quantity(),
                Words.measured(compare.quantity(), reading, now),
                Words.wanted(compare, reading.promised()),
                holds));
        yield holds;
      }
    };
  }

  private static OptionalInt compare(Threshold threshold, Reading reading, Instant now) {
    Instant oldest = reading.oldest();
    Double percent = reading.percent();
    Double promised = reading.promised();
    return switch (threshold) {
      case Threshold.Count(long value) -> OptionalInt.of(Long.compare(reading.count(), value));
      case Threshold.Age(Duration value) ->
          oldest == null
              ? OptionalInt.empty()
              : OptionalInt.of(Duration.between(oldest, now).compareTo(value));
      case Threshold.Amount(var money) ->
          OptionalInt.of(
              Long.compare(
                  reading.money().minorByCurrency().getOrDefault(money.currency(), 0L),
                  money.minor()));
      case Threshold.Percent(BigDecimal value) ->
          percent == null
              ? OptionalInt.empty()
              : OptionalInt.of(BigDecimal.valueOf(percent).compareTo(value));
      case Threshold.Promised() ->
          percent == null || promised == null
              ? OptionalInt.empty()
              : OptionalInt.of(Double.compare(percent, promised));
    };
  }
}
