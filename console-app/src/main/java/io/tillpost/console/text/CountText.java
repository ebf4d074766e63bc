package io.tillpost.console.text;

import java.util.Locale;

/** How many of something, in words: {@code 1 message}, {@code 1,243 messages}. */
public final class CountText {
  private CountText() {}

  /**
   * With an s where there is not just one.
   *
   * @param one like {@code message}
   */
  public static String of(long count, String one) {
    return of(count, one, one + "s");
  }

  /** Where the plural is another word, like {@code entry} and {@code entries}. */
  public static String of(long count, String one, String many) {
    return String.format(Locale.ENGLISH, "%,d %s", count, count == 1 ? one : many);
  }
}
