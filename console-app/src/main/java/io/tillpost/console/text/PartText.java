package io.tillpost.console.text;

import io.tillpost.store.Page;
import java.util.Locale;

/** What stands above a list that ends before all of it is shown; empty above a whole one. */
public final class PartText {
  /** {@link Page#total} is no more than a lower bound from here on. */
  private static final long COUNTED = 10_000;

  private PartText() {}

  /**
   * Like {@code The newest 200 of 1,243 operations}.
   *
   * @param many like {@code operations}
   */
  public static String newest(Page<?> page, String many) {
    int shown = page.items().size();
    return shown >= page.total()
        ? ""
        : String.format(
            Locale.ENGLISH,
            "The newest %,d of %,d %s%s",
            shown,
            page.total(),
            page.total() >= COUNTED ? "or more " : "",
            many);
  }

  /**
   * Where nobody counted all of them, like {@code The newest 200 traces; there are more}.
   *
   * @param more whether there are any that are not shown
   * @param many like {@code traces}
   */
  public static String newest(int shown, boolean more, String many) {
    return more
        ? String.format(Locale.ENGLISH, "The newest %,d %s; there are more", shown, many)
        : "";
  }
}
