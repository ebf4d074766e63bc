package io.tillpost.trace;

/** The shape of W3C trace context ids. */
final class Hex {
  private Hex() {}

  static boolean isId(String text, int digits) {
    return text.length() == digits
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))
        && text.chars().anyMatch(c -> c != '0');
  }
}
