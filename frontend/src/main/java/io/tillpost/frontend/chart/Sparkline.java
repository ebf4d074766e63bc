package io.tillpost.frontend.chart;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.internal.JacksonUtils;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/**
 * A small line without axes. In a grid use {@code <tillpost-sparkline .points=${item.points}
 * summary=${item.summary}>} and {@code @Uses(Sparkline.class)} on the view.
 */
@Tag("tillpost-sparkline")
@NpmPackage(value = "lit", version = "3.3.3")
@JsModule("./tillpost/sparkline.ts")
public final class Sparkline extends Component implements HasSize {
  private @Nullable List<Double> shown;

  /** Shows a level dash until points are set. */
  public Sparkline() {}

  /** See {@link #set}. */
  public Sparkline(List<? extends Number> points, String summary) {
    set(points, summary);
  }

  /**
   * Changes the line in place.
   *
   * @param points oldest first, evenly spaced
   * @param summary what a screen reader says and the tooltip shows, like {@code 3 to 41 in 6 h}
   */
  public void set(List<? extends Number> points, String summary) {
    List<Double> values = points.stream().map(Number::doubleValue).toList();
    getElement().setProperty("summary", summary);
    if (!values.equals(shown)) {
      shown = values;
      ArrayNode json = JacksonUtils.createArrayNode();
      values.forEach(json::add);
      getElement().setPropertyJson("points", json);
    }
  }
}
