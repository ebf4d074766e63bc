package io.tillpost.message;

/**
 * An amount of money, never a floating-point number.
 *
 * @param minor in minor units of the currency (cents, pence)
 * @param currency ISO 4217, three capital letters
 */
public record Money(long minor, String currency) {
  public Money {
    if (!isCurrencyCode(currency)) {
      throw new IllegalArgumentException("A currency has three capital letters");
    }
  }

  /** Whether the text has the shape of an ISO 4217 code. */
  public static boolean isCurrencyCode(String text) {
    return text.length() == 3 && text.chars().allMatch(c -> c >= 'A' && c <= 'Z');
  }
}
