package io.tillpost.frontend.chart;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.internal.JacksonUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lines, areas and bars over time. The drawing library comes in a chunk of its own, when the first
 * chart is on screen; colours follow the colour scheme live.
 */
@Tag("tillpost-time-series-chart")
@NpmPackage(value = "lit", version = "3.3.3")
@NpmPackage(value = "echarts", version = "6.1.0")
@JsModule("./tillpost/time-series-chart.ts")
public final class TimeSeriesChart extends Component implements HasSize {
  private @Nullable TimeSeries shown;

  /** Says that there is nothing to show until data is set. */
  public TimeSeriesChart() {}

  /** Shows other data, in place; sends nothing if it is the same. */
  public void setTimeSeries(TimeSeries data) {
    if (data.equals(shown)) {
      return;
    }
    shown = data;
    getElement().setPropertyJson("chart", json(data));
  }

  /** What the empty state says; the default is "No data for this period". */
  public void setEmptyText(String text) {
    getElement().setProperty("emptyText", text);
  }

  private static ObjectNode json(TimeSeries data) {
    ObjectNode json = JacksonUtils.createObjectNode();
    json.put("unit", data.unit());
    json.put("zone", data.zone().getId());
    json.put("summary", data.summary());
    ChartThreshold threshold = data.threshold();
    if (threshold != null) {
      json.putObject("threshold").put("name", threshold.name()).put("value", threshold.value());
    }
    ArrayNode series = json.putArray("series");
    data.series().forEach(one -> series.add(json(one)));
    return json;
  }

  private static ObjectNode json(ChartSeries series) {
    ObjectNode json = JacksonUtils.createObjectNode();
    json.put("name", series.name());
    json.put("shape", series.shape().name());
    if (series.severity() != null) {
      json.put("severity", series.severity().token());
    }
    ArrayNode points = json.putArray("points");
    for (ChartPoint point : series.points()) {
      ArrayNode pair = points.addArray().add(point.at().toEpochMilli());
      if (point.value() == null) {
        pair.addNull();
      } else {
        pair.add(point.value());
      }
    }
    return json;
  }
}
