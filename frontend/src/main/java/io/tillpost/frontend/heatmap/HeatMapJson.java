package io.tillpost.frontend.heatmap;

import com.vaadin.flow.internal.JacksonUtils;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What goes to the browser. An array for each cell, not an object: there can be 10,000 of them in
 * one push.
 */
final class HeatMapJson {
  private HeatMapJson() {}

  /** All regions with their stores. */
  static ArrayNode all(List<StoreRegion> regions) {
    ArrayNode json = JacksonUtils.createArrayNode();
    for (StoreRegion region : regions) {
      ObjectNode one = json.addObject();
      one.put("name", region.name());
      ArrayNode stores = one.putArray("stores");
      region.stores().forEach(cell -> add(stores.addArray(), cell));
    }
    return json;
  }

  /**
   * The cells that look different now, each with the name of its region; null where all have to be
   * sent, because a store came, went or moved, or because most of them look different.
   */
  static @Nullable ArrayNode changes(List<StoreRegion> before, List<StoreRegion> now) {
    Map<Place, StoreCell> known = new HashMap<>();
    for (StoreRegion region : before) {
      region.stores().forEach(cell -> known.put(new Place(region.name(), cell.storeId()), cell));
    }
    int stores = known.size();
    ArrayNode changes = JacksonUtils.createArrayNode();
    for (StoreRegion region : now) {
      for (StoreCell cell : region.stores()) {
        StoreCell old = known.remove(new Place(region.name(), cell.storeId()));
        if (old == null) {
          return null;
        }
        if (!old.equals(cell)) {
          add(changes.addArray().add(region.name()), cell);
        }
      }
    }
    return known.isEmpty() && changes.size() <= stores / 2 ? changes : null;
  }

  private static void add(ArrayNode to, StoreCell cell) {
    to.add(cell.storeId()).add(cell.severity().token()).add(cell.explanation());
  }

  private record Place(String region, String storeId) {}
}
