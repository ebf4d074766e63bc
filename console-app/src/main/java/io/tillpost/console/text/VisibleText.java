package io.tillpost.console.text;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text of senders with every character that one cannot see, or that makes text read as what it is
 * not, by its number, like {@code U+202E}; so does the payload view.
 */
public final class VisibleText {
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029&&[^\\t\\n\\r\\u200C\\u200D]]");

  private VisibleText() {}

  /** The text; line feeds, tabs and what joins letters and emoji stay. */
  public static String of(String text) {
    return UNSEEN
        .matcher(text)
        .replaceAll(
            unseen -> "U+%04X".formatted(unseen.group().codePointAt(0)).toUpperCase(Locale.ROOT));
  }
}
