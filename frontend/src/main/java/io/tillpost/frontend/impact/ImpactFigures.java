package io.tillpost.frontend.impact;

import io.tillpost.frontend.Severity;
import java.util.List;

/**
 * What a tile says. Texts come ready for the screen, in the viewer's locale and zone.
 *
 * @param title in business words, like {@code Stores with unsent transactions}
 * @param href relative to the application's root, to exactly the list behind the tile
 * @param severity how bad it is
 * @param count the figure, like {@code 1,204}
 * @param money how much money, like {@code EUR 12,340.00}; empty shows none
 * @param oldest how old the oldest is, like {@code oldest 42 min}; empty shows none
 * @param direction where it is going
 * @param trend the count over the last hours, oldest first, evenly spaced; empty shows no line
 * @param trendSummary the trend in words, for the tooltip and for screen readers
 * @param lines parts of the figure with links of their own; mostly empty
 */
public record ImpactFigures(
    String title,
    String href,
    Severity severity,
    String count,
    String money,
    String oldest,
    Direction direction,
    List<Double> trend,
    String trendSummary,
    List<ImpactLine> lines) {
  public ImpactFigures {
    trend = List.copyOf(trend);
    lines = List.copyOf(lines);
  }
}
