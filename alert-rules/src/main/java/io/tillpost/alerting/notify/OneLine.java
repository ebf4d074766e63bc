package io.tillpost.alerting.notify;

import java.util.regex.Pattern;

/**
 * Makes one line of any text, for a header: no control character, line or paragraph separator or
 * direction mark stays, so nothing can add a header or reorder what is read.
 */
final class OneLine {
  private static final int MAX_LENGTH = 200;
  private static final Pattern UNWANTED =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029\\u0085]+");
  private static final Pattern SPACES = Pattern.compile("\\s{2,}");

  private OneLine() {}

  static String of(String text) {
    String line = SPACES.matcher(UNWANTED.matcher(text).replaceAll(" ")).replaceAll(" ").strip();
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 1) + "…";
  }
}
