package io.tillpost.ingest.masking;

import java.util.Set;

/**
 * How the numbers of payment cards begin, how long they are and how they are printed (ISO/IEC
 * 7812).
 */
final class CardBrands {
  private static final Set<String> GROUPS =
      Set.of("4 4 4 4", "4 6 5", "4 6 4", "4 4 4 4 3", "4 4 4 1", "6 13", "4 4 5");

  private CardBrands() {}

  /** Whether the digits stand in one run or in groups in which cards are printed. */
  static boolean isPrintedSo(String groups, int digits) {
    return groups.equals(String.valueOf(digits)) || GROUPS.contains(groups);
  }

  /** Whether a brand issues numbers that begin like this and have this length. */
  static boolean hasBrand(byte[] digits, int count) {
    int two = digits[0] * 10 + digits[1];
    int four = two * 100 + digits[2] * 10 + digits[3];
    return switch (digits[0]) {
      case 2 -> count == 16 && four >= 2200 && four <= 2720;
      case 3 -> isStartingWithThree(two, count);
      case 4 -> count == 13 || count == 16 || count == 19;
      case 5 -> count == 16 || two == 50 || two >= 56;
      case 6 -> true;
      default -> false;
    };
  }

  private static boolean isStartingWithThree(int two, int count) {
    return switch (two) {
      case 34, 37 -> count == 15;
      case 30, 36, 38, 39 -> count >= 14;
      case 35 -> count >= 16;
      default -> false;
    };
  }
}
