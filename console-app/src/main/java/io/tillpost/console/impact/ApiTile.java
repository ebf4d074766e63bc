package io.tillpost.console.impact;

import io.tillpost.console.text.CountText;
import io.tillpost.message.MoneySum;
import io.tillpost.store.Traces;
import io.tillpost.store.Traces.ApiUse;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tile of called systems near their configured limits, from the calls of the last 15 minutes.
 */
final class ApiTile {
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private final Traces traces;
  private final Map<String, ApiLimit> limits;

  ApiTile(Traces traces, Map<String, ApiLimit> limits) {
    this.traces = traces;
    this.limits = Map.copyOf(limits);
  }

  Tile of(Instant now) {
    List<Near> near =
        traces.apiUse(now.minus(WINDOW), now).stream()
            .flatMap(use -> near(use).stream())
            .filter(found -> found.level != ImpactLevel.OK)
            .sorted(Comparator.comparingDouble(Near::share).reversed())
            .toList();
    return new Tile(
        "apis-near-their-limit",
        "APIs near their limit",
        near.size(),
        0,
        MoneySum.NONE,
        null,
        near.stream().map(Near::level).reduce(ImpactLevel.OK, ImpactLevel::or),
        near.isEmpty() ? "All called systems have room" : near.getFirst().sentence(),
        List.of(),
        near.isEmpty() ? "traces" : "traces?q=" + near.getFirst().use().api(),
        List.of());
  }

  private Optional<Near> near(ApiUse use) {
    return Optional.ofNullable(limits.get(use.api())).map(limit -> Near.of(use, limit));
  }

  private record Near(ApiUse use, double share, ImpactLevel level, String sentence) {
    static Near of(ApiUse use, ApiLimit limit) {
      double calls = limit.shareOfCalls(use);
      double latency = limit.shareOfLatency(use);
      String sentence =
          calls >= latency
              ? "%s: %s a minute, %.0f %% of its limit"
                  .formatted(use.api(), CountText.of(use.lastMinute(), "call"), calls * 100)
              : "%s: p95 %,d ms, %.0f %% of its threshold"
                  .formatted(use.api(), use.p95().toMillis(), latency * 100);
      return new Near(use, Math.max(calls, latency), limit.level(use), sentence);
    }
  }
}
