package io.tillpost.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value together with the event that said it last: of two, the later one counts, and the higher
 * event id where both are of the same instant. So the order in which they arrive does not matter,
 * not even where a sender says two things under one event id.
 *
 * @param value what was said
 * @param time when it was said
 * @param event who said it
 */
public record Latest<T>(T value, Instant time, EventId event) {
  /** The later of the two; either may be null, and null is the earliest of all. */
  public static <T> @Nullable Latest<T> later(@Nullable Latest<T> a, @Nullable Latest<T> b) {
    if (a == null) {
      return b;
    }
    return b == null || compare(a, b) >= 0 ? a : b;
  }

  /** The earlier of the two. */
  public static <T> Latest<T> earlier(Latest<T> a, Latest<T> b) {
    return compare(a, b) <= 0 ? a : b;
  }

  private static int compare(Latest<?> a, Latest<?> b) {
    int byTime = a.time.compareTo(b.time);
    if (byTime != 0) {
      return byTime;
    }
    int byEvent = a.event.compareTo(b.event);
    return byEvent != 0 || a.value.equals(b.value)
        ? byEvent
        : String.valueOf(a.value).compareTo(String.valueOf(b.value));
  }
}
