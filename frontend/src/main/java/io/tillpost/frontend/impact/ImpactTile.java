package io.tillpost.frontend.impact;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.internal.JacksonUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One kind of business impact: how many, how much money, how old, and whether it gets worse. */
@Tag("tillpost-impact-tile")
@NpmPackage(value = "lit", version = "3.3.3")
@JsModule("./tillpost/impact-tile.ts")
public final class ImpactTile extends Component implements HasSize {
  private @Nullable ImpactFigures shown;

  /** An empty frame until figures are set. */
  public ImpactTile() {}

  /** A tile with its first figures. */
  public ImpactTile(ImpactFigures figures) {
    setFigures(figures);
  }

  /** Shows other figures, in place; sends nothing if they are the same. */
  public void setFigures(ImpactFigures figures) {
    if (figures.equals(shown)) {
      return;
    }
    shown = figures;
    getElement().setPropertyJson("figures", json(figures));
  }

  private static ObjectNode json(ImpactFigures figures) {
    ObjectNode json = JacksonUtils.createObjectNode();
    json.put("title", figures.title());
    json.put("href", figures.href());
    json.put("severity", figures.severity().token());
    json.put("count", figures.count());
    json.put("money", figures.money());
    json.put("oldest", figures.oldest());
    json.put("direction", figures.direction().name());
    ArrayNode trend = json.putArray("trend");
    figures.trend().forEach(trend::add);
    json.put("trendSummary", figures.trendSummary());
    ArrayNode lines = json.putArray("lines");
    for (ImpactLine line : figures.lines()) {
      lines
          .addObject()
          .put("label", line.label())
          .put("value", line.value())
          .put("href", line.href());
    }
    return json;
  }
}
