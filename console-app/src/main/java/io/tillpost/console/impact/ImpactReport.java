package io.tillpost.console.impact;

import java.time.Instant;
import java.util.List;

/**
 * The business impact at a moment.
 *
 * @param tiles in a fixed order
 * @param stores all known stores and those heard of, worst first
 * @param changes of the last 30 minutes, newest first
 */
public record ImpactReport(
    Instant asOf, List<Tile> tiles, List<StoreImpact> stores, List<Change> changes) {
  public ImpactReport {
    tiles = List.copyOf(tiles);
    stores = List.copyOf(stores);
    changes = List.copyOf(changes);
  }
}
