package io.tillpost.ingest.masking;

import java.util.List;

/** What may stand between the groups of digits of one card number. */
final class Separators {
  private static final int MAX_BLANKS = 3;
  private static final int MAX_MARKUP = 120;

  /** Blanks and hyphens as they stand in addresses and in HTML. */
  private static final List<String> ENCODED =
      List.of("%20", "%2D", "%C2%A0", "&nbsp;", "&#160;", "&#xA0;");

  private Separators() {}

  /**
   * Blanks, hyphens and dots, as people write card numbers.
   *
   * @param from behind a digit; no digit stands there
   * @return where the next group begins, or {@code -1} if what is there does not join two groups
   */
  static int endOfWritten(String text, int from) {
    int end = from;
    while (end < text.length() && end - from < MAX_BLANKS && isWritten(text.charAt(end))) {
      end++;
    }
    if (end == from) {
      end += lengthOfEncoded(text, from);
    }
    return end > from && end < text.length() && isDigit(text.charAt(end)) ? end : -1;
  }

  private static int lengthOfEncoded(String text, int from) {
    char first = from < text.length() ? text.charAt(from) : ' ';
    if (first != '%' && first != '&') {
      return 0;
    }
    for (String encoded : ENCODED) {
      if (text.regionMatches(true, from, encoded, 0, encoded.length())) {
        return encoded.length();
      }
    }
    return 0;
  }

  private static boolean isWritten(char c) {
    return switch (c) {
      // A plus is a blank of a form that was sent.
      case ' ', '-', '.', '/', '_', '+', '\t', '\n', '\r' -> true;
      // No-break and thin blanks, hyphens and dashes of typography.
      case '\u00A0', '\u2007', '\u2009', '\u202F' -> true;
      default -> c >= '\u2010' && c <= '\u2015';
    };
  }

  /** As {@link #endOfWritten}, for one value of JSON or XML that ends and another that begins. */
  static int endOfMarkup(String text, int from) {
    int last = Math.min(text.length(), from + MAX_MARKUP);
    if (from >= last) {
      return -1;
    }
    return text.charAt(from) == '<' ? endOfTags(text, from, last) : endOfJson(text, from, last);
  }

  /** Any number of tags with nothing but blanks between them. */
  private static int endOfTags(String text, int from, int last) {
    int at = from;
    while (at < last) {
      char c = text.charAt(at);
      if (isDigit(c)) {
        return at;
      }
      if (c == '<') {
        int close = text.indexOf('>', at, last);
        if (close < 0) {
          return -1;
        }
        at = close + 1;
      } else if (Character.isWhitespace(c)) {
        at++;
      } else {
        return -1;
      }
    }
    return -1;
  }

  /** {@code ","} between elements, {@code ","name":"} between members, also without quotes. */
  private static int endOfJson(String text, int from, int last) {
    int at = skipQuote(text, from, last);
    at = skipBlanks(text, at, last);
    if (at >= last || text.charAt(at) != ',') {
      return -1;
    }
    at = skipBlanks(text, at + 1, last);
    int value = skipQuote(text, at, last);
    if (value < last && isDigit(text.charAt(value))) {
      return value;
    }
    return value > at ? endOfName(text, value, last) : -1;
  }

  private static int endOfName(String text, int from, int last) {
    int at = from;
    while (at < last && text.charAt(at) != '"' && text.charAt(at) != '\\') {
      at++;
    }
    at = skipBlanks(text, skipQuote(text, at, last), last);
    if (at >= last || text.charAt(at) != ':') {
      return -1;
    }
    at = skipQuote(text, skipBlanks(text, at + 1, last), last);
    return at < last && isDigit(text.charAt(at)) ? at : -1;
  }

  /** Behind a quote, which is escaped where JSON stands within JSON. */
  private static int skipQuote(String text, int from, int last) {
    int at = from;
    while (at < last && text.charAt(at) == '\\') {
      at++;
    }
    return at < last && text.charAt(at) == '"' ? at + 1 : from;
  }

  private static int skipBlanks(String text, int from, int last) {
    int at = from;
    while (at < last && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
