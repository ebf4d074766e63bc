package io.tillpost.trace;

/** The shape of W3C trace context ids. */
final class Hex {
  private Hex() {}

  static boolean isId(String text, int digits) {
    if (text.length() != digits) {
      return false;
    }
    boolean zero = true;
    for (int i = 0; i < digits; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
      zero &= c == '0';
    }
    return !zero;
  }
}
