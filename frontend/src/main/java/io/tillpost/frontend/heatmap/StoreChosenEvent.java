package io.tillpost.frontend.heatmap;

import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;

/** The viewer chose a store, by click or Enter. */
@DomEvent("tillpost-store-chosen")
public final class StoreChosenEvent extends ComponentEvent<StoreHeatMap> {
  private final String storeId;

  /** Called by Flow. */
  public StoreChosenEvent(
      StoreHeatMap source, boolean fromClient, @EventData("event.detail.storeId") String storeId) {
    super(source, fromClient);
    this.storeId = storeId;
  }

  /** The id as the browser sent it: may name no store, check before use. */
  public String storeId() {
    return storeId;
  }
}
