package io.tillpost.ingest.masking;

/**
 * Replaces the middle digits of payment card numbers by {@code *}: the first six and the last four
 * stay, as PCI DSS allows. A card number is a run of 13 to 19 digits, plain or in the groups in
 * which cards are printed, that begins like a card brand's and passes the Luhn check. See
 * RATIONALE.md, "Card numbers".
 */
public final class CardNumbers {
  private static final int MIN_DIGITS = 13;
  private static final int MAX_DIGITS = 19;
  private static final int FIRST_KEPT = 6;
  private static final int LAST_KEPT = 4;

  private CardNumbers() {}

  /** The text with its card numbers masked; the same object where there is none. */
  public static String mask(String text) {
    if (text.length() < MIN_DIGITS) {
      return text;
    }
    StringBuilder masked = null;
    int at = 0;
    while (at < text.length()) {
      if (!isDigit(text.charAt(at))) {
        at++;
        continue;
      }
      int end = endOfRun(text, at);
      if (end - at >= MIN_DIGITS && isCardNumber(text, at, end)) {
        if (masked == null) {
          masked = new StringBuilder(text);
        }
        maskRun(masked, at, end);
      }
      at = end;
    }
    return masked == null ? text : masked.toString();
  }

  /** Digits, with at most one space or hyphen between two of them. */
  private static int endOfRun(String text, int from) {
    int end = from + 1;
    while (end < text.length()) {
      char c = text.charAt(end);
      if (isDigit(c)) {
        end++;
      } else if ((c == ' ' || c == '-')
          && end + 1 < text.length()
          && isDigit(text.charAt(end + 1))) {
        end += 2;
      } else {
        break;
      }
    }
    return end;
  }

  private static boolean isCardNumber(String text, int from, int to) {
    byte[] digits = new byte[MAX_DIGITS];
    int count = 0;
    StringBuilder groups = new StringBuilder();
    int group = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (isDigit(c)) {
        if (count == MAX_DIGITS) {
          return false;
        }
        digits[count++] = (byte) (c - '0');
        group++;
      } else {
        groups.append(group).append(' ');
        group = 0;
      }
    }
    groups.append(group);
    return count >= MIN_DIGITS
        && CardBrands.isPrintedSo(groups.toString(), count)
        && CardBrands.hasBrand(digits, count)
        && passesLuhn(digits, count)
        && !(count == 13 && isArticleNumber(digits));
  }

  private static boolean passesLuhn(byte[] digits, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      int digit = digits[count - 1 - i];
      if (i % 2 == 1) {
        digit *= 2;
        if (digit > 9) {
          digit -= 9;
        }
      }
      sum += digit;
    }
    return sum % 10 == 0;
  }

  /**
   * A GTIN-13 by its own check digit: every tenth one passes Luhn too, and no card is that short.
   */
  private static boolean isArticleNumber(byte[] digits) {
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += digits[i] * (i % 2 == 0 ? 1 : 3);
    }
    return (10 - sum % 10) % 10 == digits[12];
  }

  private static void maskRun(StringBuilder text, int from, int to) {
    int digits = 0;
    for (int i = from; i < to; i++) {
      if (isDigit(text.charAt(i))) {
        digits++;
      }
    }
    int seen = 0;
    for (int i = from; i < to; i++) {
      if (isDigit(text.charAt(i))) {
        if (seen >= FIRST_KEPT && seen < digits - LAST_KEPT) {
          text.setCharAt(i, '*');
        }
        seen++;
      }
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
