package io.tillpost.frontend.chart;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chart shows.
 *
 * @param series empty, or all without points, shows the empty state
 * @param unit after each value, like {@code ms}; may be empty
 * @param zone in which times are shown
 * @param threshold null for none
 * @param summary what the chart says, in a sentence: for screen readers, and under the chart
 */
public record TimeSeries(
    List<ChartSeries> series,
    String unit,
    ZoneId zone,
    @Nullable ChartThreshold threshold,
    String summary) {
  public TimeSeries {
    series = List.copyOf(series);
  }
}
