package io.tillpost.trace;

/** The shape of W3C trace context ids. */
final class Hex {
  /** The value of each lower-case digit; -1 for every other character of ASCII. */
  private static final byte[] VALUES = new byte[128];

  static {
    for (int i = 0; i < VALUES.length; i++) {
      VALUES[i] = (byte) "0123456789abcdef".indexOf(i);
    }
  }

  private Hex() {}

  static boolean isId(String text, int digits) {
    if (text.length() != digits) {
      return false;
    }
    // No early end: ids are nearly always right, and a loop without branches is the faster one.
    int beyond = 0;
    int least = 0;
    int most = 0;
    for (int i = 0; i < digits; i++) {
      int c = text.charAt(i);
      beyond |= c;
      int value = VALUES[c & 0x7F];
      least |= value;
      most += value;
    }
    return beyond < VALUES.length && least >= 0 && most > 0;
  }
}
