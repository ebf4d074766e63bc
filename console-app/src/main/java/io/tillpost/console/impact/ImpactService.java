package io.tillpost.console.impact;

import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Workflows;
import io.tillpost.store.ImpactQueries.Slice;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Tells the business impact as it is now. Storage that is away is a {@code
 * StoreUnavailableException}.
 */
@PreAuthorize("hasRole('VIEW')")
public class ImpactService {
  private final Stores stores;
  private final StoreDirectory directory;
  private final Workflows workflows;
  private final WorkflowTiles workflowTiles;
  private final ApiTile apiTile;
  private final ObjectiveTile objectiveTile;
  private final OpenExceptions exceptions;
  private final Clock clock;

  ImpactService(
      Stores stores,
      StoreDirectory directory,
      Workflows workflows,
      Map<String, ApiLimit> apiLimits,
      OpenExceptions exceptions,
      Clock clock) {
    this.stores = stores;
    this.directory = directory;
    this.workflows = workflows;
    this.workflowTiles = new WorkflowTiles(stores.impact(), workflows);
    this.apiTile = new ApiTile(stores.traces(), apiLimits);
    this.objectiveTile = new ObjectiveTile(stores.impact(), workflows);
    this.exceptions = exceptions;
    this.clock = clock;
  }

  /** The impact now, with the exceptions of that operator as their own. */
  public ImpactReport report(String operatorId) {
    Instant now = clock.instant();
    List<Slice> slices = stores.impact().attention(now, Set.of());
    List<Tile> tiles = new ArrayList<>(workflowTiles.of(slices, now));
    tiles.add(apiTile.of(now));
    tiles.add(objectiveTile.of(now));
    List<OpenException> open = exceptions.all();
    tiles.add(OwnerTile.of(open, operatorId, now));
    return new ImpactReport(
        now,
        tiles,
        StoreImpacts.of(slices, directory, workflows, now),
        RecentChanges.of(open, now));
  }
}
