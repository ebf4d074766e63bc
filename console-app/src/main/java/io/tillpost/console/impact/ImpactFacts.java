package io.tillpost.console.impact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The business impact at a moment, the same for everybody. */
public final class ImpactFacts {
  private final Instant asOf;
  private final List<Tile> tiles;
  private final List<OpenException> exceptions;
  private final List<StoreImpact> stores;
  private final List<Change> changes;

  ImpactFacts(
      Instant asOf,
      List<Tile> tiles,
      List<OpenException> exceptions,
      List<StoreImpact> stores,
      List<Change> changes) {
    this.asOf = asOf;
    this.tiles = List.copyOf(tiles);
    this.exceptions = List.copyOf(exceptions);
    this.stores = List.copyOf(stores);
    this.changes = List.copyOf(changes);
  }

  /** The same with the exceptions of that operator as their own. */
  public ImpactReport reportFor(String operatorId) {
    List<Tile> all = new ArrayList<>(tiles);
    all.add(OwnerTile.of(exceptions, operatorId, asOf));
    return new ImpactReport(asOf, all, stores, changes);
  }
}
