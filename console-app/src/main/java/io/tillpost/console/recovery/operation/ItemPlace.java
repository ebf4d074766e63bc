package io.tillpost.console.recovery.operation;

import org.jspecify.annotations.Nullable;

/**
 * Where a page of the messages of an operation begins or ends; they are ordered by their ids. At
 * most one of the two is given.
 *
 * @param after the message before the first one of the page, or null
 * @param before the message after the last one of the page, or null
 */
public record ItemPlace(@Nullable String after, @Nullable String before) {
  /** The first page. */
  public static final ItemPlace FIRST = new ItemPlace(null, null);

  public ItemPlace {
    if (after != null && before != null) {
      throw new IllegalArgumentException("After one message or before one, not both");
    }
  }
}
