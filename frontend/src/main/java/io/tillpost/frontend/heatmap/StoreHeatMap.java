package io.tillpost.frontend.heatmap;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.internal.JacksonUtils;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All stores, one cell each, grouped by region, the worst first. Arrow keys walk, Enter or a click
 * chooses a store, pointing or walking to a cell explains it.
 */
@Tag("tillpost-store-heat-map")
@NpmPackage(value = "lit", version = "3.3.3")
@JsModule("./tillpost/store-heat-map.ts")
public final class StoreHeatMap extends Component implements HasSize {
  private @Nullable List<StoreRegion> shown;

  /** Shows the empty state until regions are set. */
  public StoreHeatMap() {}

  /** Shows these regions, in place; sends nothing if they are the same. */
  public void setRegions(List<StoreRegion> regions) {
    if (regions.equals(shown)) {
      return;
    }
    shown = List.copyOf(regions);
    getElement().setPropertyJson("regions", json(shown));
  }

  /** What stands there when no region has a store; the default is "No stores yet". */
  public void setEmptyText(String text) {
    getElement().setProperty("emptyText", text);
  }

  /** Is told when the viewer chooses a store. */
  public Registration addStoreChosenListener(ComponentEventListener<StoreChosenEvent> listener) {
    return addListener(StoreChosenEvent.class, listener);
  }

  private static ArrayNode json(List<StoreRegion> regions) {
    ArrayNode json = JacksonUtils.createArrayNode();
    for (StoreRegion region : regions) {
      ObjectNode one = json.addObject();
      one.put("name", region.name());
      ArrayNode stores = one.putArray("stores");
      for (StoreCell cell : region.stores()) {
        // An array for each cell, not an object: there can be 10,000 of them in one push.
        stores.addArray().add(cell.storeId()).add(cell.severity().token()).add(cell.explanation());
      }
    }
    return json;
  }
}
