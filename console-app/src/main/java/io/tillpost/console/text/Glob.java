package io.tillpost.console.text;

import java.util.Locale;

/**
 * A pattern in which {@code *} stands for any characters, also none; upper and lower case are the
 * same. Matching takes no longer than pattern times text, whatever anybody writes: a regular
 * expression could hold up the console for ever.
 */
public final class Glob {
  private final String pattern;

  /**
   * @param pattern the whole text has to be like it
   */
  public Glob(String pattern) {
    this.pattern = pattern.toLowerCase(Locale.ROOT);
  }

  /** Anywhere in a text. */
  public static Glob within(String pattern) {
    return new Glob("*" + pattern + "*");
  }

  /** Whether the whole text is like the pattern. */
  public boolean matches(String text) {
    String subject = text.toLowerCase(Locale.ROOT);
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < subject.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && pattern.charAt(p) == subject.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
