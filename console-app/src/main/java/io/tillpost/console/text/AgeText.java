package io.tillpost.console.text;

import java.time.Duration;

/**
 * How old something is, in words of at most two units: {@code 34 min}, {@code 2 h 05 min}, {@code 3
 * d 4 h}.
 */
public final class AgeText {
  private AgeText() {}

  /** The age; a negative one (clocks differ) reads as {@code 0 s}. */
  public static String of(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return minutes + " min";
    }
    long hours = minutes / 60;
    if (hours < 24) {
      return "%d h %02d min".formatted(hours, minutes % 60);
    }
    return "%d d %d h".formatted(hours / 24, hours % 24);
  }
}
