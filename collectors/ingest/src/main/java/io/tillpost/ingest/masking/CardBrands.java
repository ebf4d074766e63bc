package io.tillpost.ingest.masking;

import java.util.Set;

/**
 * How the numbers of payment cards begin, how long they are and how they are printed (ISO/IEC
 * 7812).
 */
final class CardBrands {
  private static final Set<String> GROUPS =
      Set.of("4 4 4 4", "4 6 5", "4 6 4", "4 4 4 4 3", "4 4 4 1", "6 13", "4 4 5");

  private static final Set<Integer> MAESTRO =
      Set.of(5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763);

  private CardBrands() {}

  /** Whether the digits stand in one run or in groups in which cards are printed. */
  static boolean isPrintedSo(String groups, int digits) {
    return groups.equals(String.valueOf(digits)) || GROUPS.contains(groups);
  }

  /**
   * Whether a brand issues numbers that begin like this and have this length. Ranges that nobody
   * issues are left out: every order number in them would have a chance of one in ten.
   *
   * @param digits at least 13
   */
  static boolean hasBrand(byte[] digits, int count) {
    int two = digits[0] * 10 + digits[1];
    int four = two * 100 + digits[2] * 10 + digits[3];
    return switch (digits[0]) {
      case 2 -> isMastercardOrMir(four, count);
      case 3 -> isStartingWithThree(two, four, count);
      case 4 -> count == 13 || count == 16 || count == 19;
      case 5 -> isStartingWithFive(two, four, count);
      case 6 -> isStartingWithSix(two, four, count);
      case 8 -> two == 81 && count >= 16;
      default -> false;
    };
  }

  private static boolean isMastercardOrMir(int four, int count) {
    if (four >= 2200 && four <= 2204) {
      return count >= 16;
    }
    return four >= 2221 && four <= 2720 && count == 16;
  }

  /**
   * Whether sixteen digits begin with year, month and day in two digits each, as numbers of
   * documents do. The years whose days lie in a range of Mastercard or Mir are 2022 to 2027.
   */
  static boolean beginsWithDate(String digits) {
    if (digits.length() != 16 || digits.charAt(0) != '2') {
      return false;
    }
    int year = Integer.parseInt(digits.substring(0, 2));
    int month = Integer.parseInt(digits.substring(2, 4));
    int day = Integer.parseInt(digits.substring(4, 6));
    return year >= 22 && year <= 27 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }

  /** American Express, Diners Club, JCB. */
  private static boolean isStartingWithThree(int two, int four, int count) {
    return switch (two) {
      case 34, 37 -> count == 15;
      case 36, 38, 39 -> count >= 14;
      case 30 -> count >= 14 && (four <= 3059 || four == 3095);
      case 35 -> count >= 16 && four >= 3528 && four <= 3589;
      default -> false;
    };
  }

  /** Mastercard, RuPay, Maestro. */
  private static boolean isStartingWithFive(int two, int four, int count) {
    if (two >= 51 && two <= 55) {
      return count == 16;
    }
    return MAESTRO.contains(four) || (four / 10 == 508 && count == 16);
  }

  /** Discover, UnionPay, RuPay, Maestro. */
  private static boolean isStartingWithSix(int two, int four, int count) {
    return switch (two) {
      case 60 -> count == 16 || (four == 6011 && count >= 16);
      case 62, 65 -> count >= 16;
      case 64 -> four >= 6440 && count >= 16;
      default -> MAESTRO.contains(four);
    };
  }
}
