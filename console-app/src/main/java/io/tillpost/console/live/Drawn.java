package io.tillpost.console.live;

import org.jspecify.annotations.Nullable;

/**
 * Remembers what a part of a page was drawn from. On a page that moves by itself, what is made anew
 * loses a click that is on its way, the focus and the text that somebody marks; so nothing is that
 * would look the same.
 *
 * @param <T> everything that the drawing depends on, words that come from the clock too; has a
 *     proper {@code equals}
 */
public final class Drawn<T> {
  private @Nullable T last;

  /** Whether it has to be drawn anew; true the first time. From now on it is drawn from this. */
  public boolean differs(T now) {
    if (now.equals(last)) {
      return false;
    }
    last = now;
    return true;
  }
}
