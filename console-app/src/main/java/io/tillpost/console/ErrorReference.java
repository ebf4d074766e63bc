package io.tillpost.console;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** A short word that ties an error on a screen to its lines in the log. */
final class ErrorReference {

  private ErrorReference() {}

  /** Seven letters and digits, easy to read out. */
  static String next() {
    long number =
        ThreadLocalRandom.current()
            .nextLong(36L * 36 * 36 * 36 * 36 * 36, 36L * 36 * 36 * 36 * 36 * 36 * 36);
    return Long.toString(number, 36).toUpperCase(Locale.ROOT);
  }
}
