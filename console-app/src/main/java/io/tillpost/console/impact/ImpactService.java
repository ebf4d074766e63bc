package io.tillpost.console.impact;

import io.tillpost.console.live.Recent;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Workflows;
import io.tillpost.store.ImpactQueries.Slice;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Tells the business impact as it is now. Storage that is away is a {@code
 * StoreUnavailableException}.
 */
@PreAuthorize("hasRole('VIEW')")
public class ImpactService {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Stores stores;
  private final StoreDirectory directory;
  private final Workflows workflows;
  private final ApiTile apiTile;
  private final ObjectiveTile objectiveTile;
  private final OpenExceptions exceptions;
  private final OtherChanges otherChanges;
  private final Clock clock;
  private final Recent<ImpactFacts> facts;

  ImpactService(
      Stores stores,
      StoreDirectory directory,
      Workflows workflows,
      Map<String, ApiLimit> apiLimits,
      OpenExceptions exceptions,
      OtherChanges otherChanges,
      Clock clock) {
    this.stores = stores;
    this.directory = directory;
    this.workflows = workflows;
    this.apiTile = new ApiTile(stores.traces(), apiLimits);
    this.objectiveTile = new ObjectiveTile(stores.impact(), workflows);
    this.exceptions = exceptions;
    this.otherChanges = otherChanges;
    this.clock = clock;
    this.facts = new Recent<>(FRESH, clock, this::ask);
  }

  /** The impact now, with the exceptions of that operator as their own. */
  public ImpactReport report(String operatorId) {
    return now().reportFor(operatorId);
  }

  /** The impact now, at most a second old; added up once for all who ask meanwhile. */
  public ImpactFacts now() {
    return facts.get();
  }

  /** The questions do not depend on each other, so they are asked at the same time. */
  private ImpactFacts ask() {
    Instant now = clock.instant();
    try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Tile> apis = asking.submit(() -> apiTile.of(now));
      Future<Tile> objectives = asking.submit(() -> objectiveTile.of(now));
      Future<WorkflowTiles> workflowTiles =
          asking.submit(() -> WorkflowTiles.at(now, stores.impact(), workflows));
      Future<List<Slice>> attention = asking.submit(() -> stores.impact().attention(now, Set.of()));
      List<OpenException> open = exceptions.all();
      List<Slice> slices = Answers.of(attention);
      List<Tile> tiles = new ArrayList<>(Answers.of(workflowTiles).of(slices));
      tiles.add(Answers.of(apis));
      tiles.add(Answers.of(objectives));
      return new ImpactFacts(
          now,
          tiles,
          open,
          StoreImpacts.of(slices, directory, workflows, now),
          RecentChanges.of(open, otherChanges.at(now), now));
    }
  }
}
