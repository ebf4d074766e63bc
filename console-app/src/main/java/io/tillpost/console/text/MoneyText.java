package io.tillpost.console.text;

import io.tillpost.message.Money;
import io.tillpost.message.MoneySum;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Money in words: {@code 1,532.10 EUR}; sums of several currencies side by side, never converted.
 */
public final class MoneyText {
  private MoneyText() {}

  /** One amount with the decimals of its currency; two where the currency is not known to Java. */
  public static String of(Money money) {
    int decimals = decimals(money.currency());
    NumberFormat format = NumberFormat.getNumberInstance(Locale.ENGLISH);
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format.format(BigDecimal.valueOf(money.minor(), decimals)) + " " + money.currency();
  }

  /** All amounts, ordered by currency; an en dash for no money at all. */
  public static String of(MoneySum sum) {
    return sum.isEmpty()
        ? "–"
        : sum.amounts().stream().map(MoneyText::of).collect(Collectors.joining(" · "));
  }

  /**
   * One line an amount, ordered by currency; where there are more than so many, the last line says
   * how many currencies are left out. Empty for no money at all.
   *
   * @param most lines, 1 or more
   */
  public static List<String> lines(MoneySum sum, int most) {
    List<String> all = sum.amounts().stream().map(MoneyText::of).toList();
    if (all.size() <= most) {
      return all;
    }
    int shown = most - 1;
    return Stream.concat(
            all.stream().limit(shown),
            Stream.of("+ %d more currencies".formatted(all.size() - shown)))
        .toList();
  }

  /** The decimals of a currency; two where it is not known to Java. */
  public static int decimals(String currency) {
    return Currency.getAvailableCurrencies().stream()
        .filter(known -> known.getCurrencyCode().equals(currency))
        .findFirst()
        .map(known -> Math.max(0, known.getDefaultFractionDigits()))
        .orElse(2);
  }
}
