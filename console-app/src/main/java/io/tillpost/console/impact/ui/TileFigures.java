package io.tillpost.console.impact.ui;

import io.tillpost.console.impact.Tile;
import io.tillpost.console.text.AgeText;
import io.tillpost.console.text.MoneyText;
import io.tillpost.frontend.impact.Direction;
import io.tillpost.frontend.impact.ImpactFigures;
import io.tillpost.frontend.impact.ImpactLine;
import io.tillpost.store.ImpactQueries.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Turns a tile into what its component shows. */
final class TileFigures {
  /** Four steps of a quarter of an hour: the last hour says where it is going. */
  private static final int LATELY = 4;

  private TileFigures() {}

  static ImpactFigures of(Tile tile, Instant now) {
    List<Double> trend = tile.trend().stream().map(point -> (double) point.count()).toList();
    return new ImpactFigures(
        tile.title(),
        tile.href(),
        Severities.of(tile.level()),
        "%,d".formatted(tile.count()),
        tile.money().isEmpty() ? "" : MoneyText.of(tile.money()),
        tile.oldestAt() == null
            ? tile.detail()
            : tile.detail() + " · oldest " + AgeText.of(Duration.between(tile.oldestAt(), now)),
        direction(tile.trend()),
        trend,
        summary(tile.trend()),
        tile.parts().stream()
            .map(part -> new ImpactLine(part.label(), "%,d".formatted(part.count()), part.href()))
            .toList());
  }

  static Direction direction(List<Point> trend) {
    if (trend.size() <= LATELY) {
      return Direction.UNKNOWN;
    }
    long last = trend.getLast().count();
    long before = trend.get(trend.size() - 1 - LATELY).count();
    long tolerance = Math.max(1, before / 20);
    if (last > before + tolerance) {
      return Direction.WORSE;
    }
    return last < before - tolerance ? Direction.BETTER : Direction.STEADY;
  }

  private static String summary(List<Point> trend) {
    if (trend.isEmpty()) {
      return "";
    }
    return "%,d six hours ago, %,d now"
        .formatted(trend.getFirst().count(), trend.getLast().count());
  }
}
