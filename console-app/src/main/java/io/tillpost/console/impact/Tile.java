package io.tillpost.console.impact;

import io.tillpost.message.MoneySum;
import io.tillpost.store.ImpactQueries.Point;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of business impact in a few numbers.
 *
 * @param id stable, for links and the API, like {@code stores-with-unsent-transactions}
 * @param title in business words
 * @param count what the title counts
 * @param messages the messages behind it; zero where the tile does not count messages
 * @param money behind these messages
 * @param oldestAt when the oldest of them was captured; null where there is none
 * @param level how bad it is
 * @param detail a sentence that tells more; may be empty
 * @param trend messages that needed attention over the last hours, oldest first; may be empty
 * @param href the page of the console that lists exactly what is counted
 * @param parts of the count; mostly empty
 */
public record Tile(
    String id,
    String title,
    long count,
    long messages,
    MoneySum money,
    @Nullable Instant oldestAt,
    ImpactLevel level,
    String detail,
    List<Point> trend,
    String href,
    List<Part> parts) {
  public Tile {
    trend = List.copyOf(trend);
    parts = List.copyOf(parts);
  }

  /** The same with these parts. */
  Tile withParts(List<Part> newParts) {
    return new Tile(
        id, title, count, messages, money, oldestAt, level, detail, trend, href, newParts);
  }

  /** A part of what is counted, with a list of its own. */
  public record Part(String label, long count, String href) {}
}
