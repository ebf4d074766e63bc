package io.tillpost.ingest.masking;

import org.jspecify.annotations.Nullable;

/**
 * A text in which what JSON writes instead of a character, as an escape of its code or of a line's
 * end, is read as that character, also where JSON stands within JSON: digits of an escape are none
 * of a number, and blanks that are written so stand between groups as others do.
 */
final class UnescapedText {
  private static final int HEX_DIGITS = 4;

  private final String text;
  private final String read;

  /** Where each character that is read begins in the text, and where the last one ends. */
  private final int[] starts;

  private UnescapedText(String text, String read, int[] starts) {
    this.text = text;
    this.read = read;
    this.starts = starts;
  }

  /** The text as it is read; null where nothing in it is written so. */
  static @Nullable UnescapedText of(String text) {
    int escape = text.indexOf('\\');
    while (escape >= 0 && endOfEscape(text, escape) < 0) {
      escape = text.indexOf('\\', endOfBackslashes(text, escape));
    }
    return escape < 0 ? null : read(text);
  }

  private static UnescapedText read(String text) {
    StringBuilder read = new StringBuilder(text.length());
    int[] starts = new int[text.length() + 1];
    int at = 0;
    while (at < text.length()) {
      starts[read.length()] = at;
      int end = text.charAt(at) == '\\' ? endOfEscape(text, at) : -1;
      read.append(end < 0 ? text.charAt(at) : character(text, end));
      at = end < 0 ? at + 1 : end;
    }
    starts[read.length()] = at;
    return new UnescapedText(text, read.toString(), starts);
  }

  /** Behind what stands for one character, however often its backslash is escaped, or -1. */
  private static int endOfEscape(String text, int from) {
    int letter = endOfBackslashes(text, from);
    if (letter >= text.length()) {
      return -1;
    }
    return switch (text.charAt(letter)) {
      case 'n', 'r', 't' -> letter + 1;
      case 'u' -> isHex(text, letter + 1) ? letter + 1 + HEX_DIGITS : -1;
      default -> -1;
    };
  }

  private static int endOfBackslashes(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == '\\') {
      at++;
    }
    return at;
  }

  private static boolean isHex(String text, int from) {
    if (from + HEX_DIGITS > text.length()) {
      return false;
    }
    for (int i = from; i < from + HEX_DIGITS; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static char character(String text, int end) {
    return switch (text.charAt(end - 1)) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> (char) Integer.parseInt(text, end - HEX_DIGITS, end, 16);
    };
  }

  /** As it is read. */
  String read() {
    return read;
  }

  /**
   * The text as it was written, with the characters that differ in what was read.
   *
   * @param masked as long as what was read
   */
  String written(String masked) {
    StringBuilder written = new StringBuilder(text);
    for (int i = 0; i < masked.length(); i++) {
      char now = masked.charAt(i);
      if (now == read.charAt(i)) {
        continue;
      }
      int end = starts[i + 1];
      if (end - starts[i] == 1) {
        written.setCharAt(starts[i], now);
      } else {
        written.replace(end - HEX_DIGITS, end, "%04x".formatted((int) now));
      }
    }
    return written.toString();
  }
}
