package io.tillpost.console.impact.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.frontend.impact.Direction;
import io.tillpost.store.ImpactQueries.Point;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TileFiguresTest {
  @Test
  void theLastHourSaysWhereItIsGoing() {
    assertThat(TileFigures.direction(points(10, 10, 10, 10, 10, 20))).isEqualTo(Direction.WORSE);
    assertThat(TileFigures.direction(points(50, 50, 40, 30, 20, 10))).isEqualTo(Direction.BETTER);
    assertThat(TileFigures.direction(points(100, 100, 100, 100, 100, 104)))
        .isEqualTo(Direction.STEADY);
  }

  @Test
  void tooFewPointsSayNothing() {
    assertThat(TileFigures.direction(points(1, 2, 3, 4))).isEqualTo(Direction.UNKNOWN);
  }

  private static List<Point> points(long... counts) {
    return Arrays.stream(counts).mapToObj(count -> new Point(Instant.EPOCH, count)).toList();
  }
}
