package io.tillpost.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items in the order asked for
 * @param total how many there are in all; exact up to 10,000, and at least that many beyond
 * @param next where the following part begins, to be given back as {@code after}; null at the end
 */
public record Page<T>(List<T> items, long total, @Nullable String next) {
  public Page {
    items = List.copyOf(items);
  }
}
