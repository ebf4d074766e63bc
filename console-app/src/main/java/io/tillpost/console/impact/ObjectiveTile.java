package io.tillpost.console.impact;

import io.tillpost.message.MoneySum;
import io.tillpost.message.Objective;
import io.tillpost.message.Workflows;
import io.tillpost.store.ImpactQueries;
import io.tillpost.store.ImpactQueries.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The tile of workflows that did not keep what they promise over the last 24 hours. */
final class ObjectiveTile {
  private static final Duration WINDOW = Duration.ofHours(24);

  private final ImpactQueries queries;
  private final Workflows workflows;

  ObjectiveTile(ImpactQueries queries, Workflows workflows) {
    this.queries = queries;
    this.workflows = workflows;
  }

  Tile of(Instant now) {
    List<Kept> breached =
        queries.kept(now.minus(WINDOW), now).stream()
            .filter(this::isBreached)
            .sorted(Comparator.comparingDouble(this::inTimePercent))
            .toList();
    return new Tile(
        "objectives-breached",
        "Objectives breached",
        breached.size(),
        breached.stream().mapToLong(kept -> kept.due() - kept.inTime()).sum(),
        MoneySum.NONE,
        null,
        breached.isEmpty() ? ImpactLevel.OK : ImpactLevel.SERIOUS,
        breached.isEmpty()
            ? "Every workflow kept its promise over the last 24 hours"
            : sentence(breached.getFirst()),
        List.of(),
        breached.isEmpty()
            ? "messages?attention=true"
            : "messages?attention=true&workflow=" + breached.getFirst().workflow(),
        List.of());
  }

  private boolean isBreached(Kept kept) {
    return kept.due() > 0 && inTimePercent(kept) < objective(kept).targetPercent();
  }

  private double inTimePercent(Kept kept) {
    return 100.0 * kept.inTime() / kept.due();
  }

  private Objective objective(Kept kept) {
    return workflows.get(kept.workflow()).objective();
  }

  private String sentence(Kept kept) {
    return "%s: %.1f %% within %d min, promised %s %%"
        .formatted(
            workflows.get(kept.workflow()).title(),
            // Rounded down, so that a missed promise never reads as a kept one.
            Math.floor(inTimePercent(kept) * 10) / 10,
            objective(kept).within().toMinutes(),
            trim(objective(kept).targetPercent()));
  }

  private static String trim(double percent) {
    return percent == Math.rint(percent) ? "%.0f".formatted(percent) : Double.toString(percent);
  }
}
