package io.tillpost.frontend.chart;

import io.tillpost.frontend.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a chart.
 *
 * @param name stands in the legend
 * @param shape how it is drawn
 * @param severity gives it that severity's colour; null takes the next of the palette
 * @param points in order of time
 */
public record ChartSeries(
    String name, Shape shape, @Nullable Severity severity, List<ChartPoint> points) {
  public ChartSeries {
    points = List.copyOf(points);
  }

  /** How a series is drawn. */
  public enum Shape {
    /** A line. */
    LINE,
    /** A line with the area under it. */
    AREA,
    /** A bar for each point. */
    BAR,
    /** Bars on top of those of the other stacked series. */
    STACKED_BAR
  }
}
