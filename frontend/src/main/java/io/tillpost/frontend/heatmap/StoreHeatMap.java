package io.tillpost.frontend.heatmap;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

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

  /**
   * Shows these regions, in place. Where the stores are the same as before only those that look
   * different now are sent, and nothing if there are none.
   */
  public void setRegions(List<StoreRegion> regions) {
    List<StoreRegion> before = shown;
    if (regions.equals(before)) {
      return;
    }
    shown = List.copyOf(regions);
    if (!isAttached()) {
      return;
    }
    ArrayNode changes = before == null ? null : HeatMapJson.changes(before, shown);
    if (changes == null) {
      sendAll(shown);
    } else {
      getElement().callJsFunction("change", changes);
    }
  }

  /** What stands there when no region has a store; the default is "No stores yet". */
  public void setEmptyText(String text) {
    getElement().setProperty("emptyText", text);
  }

  /** Is told when the viewer chooses a store. */
  public Registration addStoreChosenListener(ComponentEventListener<StoreChosenEvent> listener) {
    return addListener(StoreChosenEvent.class, listener);
  }

  /** A page that is new, or was reloaded, knows nothing of what was sent before. */
  @Override
  protected void onAttach(AttachEvent event) {
    if (shown != null) {
      sendAll(shown);
    }
  }

  private void sendAll(List<StoreRegion> regions) {
    // Not as a property of the element: Flow would send that again as it was before the changes.
    getElement().callJsFunction("show", HeatMapJson.all(regions));
  }
}
