package io.tillpost.frontend.heatmap;

import java.util.List;

/**
 * A group of stores.
 *
 * @param name shown above its cells; each once
 * @param stores in any order: the map puts the worst first, equals by store id
 */
public record StoreRegion(String name, List<StoreCell> stores) {
  public StoreRegion {
    stores = List.copyOf(stores);
  }
}
