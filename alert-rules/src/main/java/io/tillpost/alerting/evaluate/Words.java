package io.tillpost.alerting.evaluate;

import io.tillpost.alerting.rule.Condition;
import io.tillpost.alerting.rule.Quantity;
import io.tillpost.alerting.rule.Threshold;
import io.tillpost.message.Money;
import io.tillpost.message.MoneySum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How numbers, money, shares and ages read in alerts and mail. */
public final class Words {
  private static final String NOTHING = "–";

  private Words() {}

  /** Like {@code 1,532}. */
  public static String number(long value) {
    return NumberFormat.getIntegerInstance(Locale.ENGLISH).format(value);
  }

  /** Like {@code 1,532.10 EUR}; amounts of several currencies side by side, a dash for none. */
  public static String money(MoneySum sum) {
    return sum.isEmpty()
        ? NOTHING
        : sum.amounts().stream().map(Words::money).collect(Collectors.joining(" · "));
  }

  /** Like {@code 34 min} or {@code 2 h 05 min}; what lies ahead reads as {@code 0 s}. */
  public static String age(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    long minutes = seconds / 60;
    long hours = minutes / 60;
    if (minutes == 0) {
      return seconds + " s";
    }
    if (hours == 0) {
      return minutes + " min";
    }
    return hours < 24
        ? "%d h %02d min".formatted(hours, minutes % 60)
        : "%d d %d h".formatted(hours / 24, hours % 24);
  }

  /** A given duration, exactly: {@code 1 h 30 min}, {@code 90 s}. */
  public static String duration(Duration duration) {
    if (duration.toSeconds() % 60 != 0 || duration.isZero()) {
      return duration.toSeconds() + " s";
    }
    long minutes = duration.toMinutes();
    if (minutes < 60) {
      return minutes + " min";
    }
    return minutes % 60 == 0
        ? minutes / 60 + " h"
        : "%d h %02d min".formatted(minutes / 60, minutes % 60);
  }

  /** Like {@code 99.4 %}. */
  public static String percent(double percent) {
    NumberFormat format = NumberFormat.getNumberInstance(Locale.ENGLISH);
    format.setMaximumFractionDigits(2);
    // Rounded down, so that 99.999 % does not read as a promise that was kept.
    format.setRoundingMode(RoundingMode.FLOOR);
    return format.format(percent) + " %";
  }

  /** One quantity of a reading; a dash where there is nothing. */
  public static String measured(Quantity quantity, Reading reading, Instant now) {
    Instant oldest = reading.oldest();
    Double percent = reading.percent();
    return switch (quantity) {
      case COUNT -> number(reading.count());
      case MONEY -> money(reading.money());
      case OLDEST -> oldest == null ? NOTHING : age(Duration.between(oldest, now));
      case PERCENT -> percent == null ? NOTHING : percent(percent);
    };
  }

  /** What a comparison asks for, like {@code more than 15 min}. */
  public static String wanted(Condition.Compare compare) {
    return wanted(compare, null);
  }

  static String wanted(Condition.Compare compare, @Nullable Double promised) {
    return compare.operator().words() + " " + threshold(compare.threshold(), promised);
  }

  private static String threshold(Threshold threshold, @Nullable Double promised) {
    return switch (threshold) {
      case Threshold.Count(long value) -> number(value);
      case Threshold.Age(Duration value) -> duration(value);
      case Threshold.Amount(Money value) -> money(value);
      case Threshold.Percent(BigDecimal value) -> value.toPlainString() + " %";
      case Threshold.Promised() ->
          promised == null ? "promised" : "promised (" + percent(promised) + ")";
    };
  }

  private static String money(Money money) {
    int decimals =
        Currency.getAvailableCurrencies().stream()
            .filter(known -> known.getCurrencyCode().equals(money.currency()))
            .findFirst()
            .map(known -> Math.max(0, known.getDefaultFractionDigits()))
            .orElse(2);
    NumberFormat format = NumberFormat.getNumberInstance(Locale.ENGLISH);
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format.format(BigDecimal.valueOf(money.minor(), decimals)) + " " + money.currency();
  }
}
