package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.failure.Fingerprint;
import io.tillpost.store.ImpactQueries.Point;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrendCacheTest {
  private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");
  private static final List<Point> TREND = List.of(new Point(NOW, 3));
  private static final Fingerprint ONE = Fingerprint.of("sales-posting", "erp", "ONE", "one");
  private static final Fingerprint OTHER = Fingerprint.of("sales-posting", "erp", "OTHER", "other");

  private final MutableClock clock = MutableClock.at(NOW);
  private boolean away;
  private int asked;
  private final TrendCache trends = new TrendCache(this::ask, clock);

  @Test
  void oneQuestionBringsThoseOfAllThatAreListed() {
    trends.expect(List.of(ONE, OTHER));

    assertThat(trends.of(ONE)).isEqualTo(TREND);
    assertThat(trends.of(OTHER)).isEqualTo(TREND);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void rowsDoNotWaitOneByOneForAStorageThatIsAway() {
    away = true;
    assertThat(trends.of(ONE)).isEmpty();
    assertThat(trends.of(OTHER)).isEmpty();
    assertThat(asked).isEqualTo(1);

    away = false;
    clock.advance(Duration.ofSeconds(11));
    assertThat(trends.of(ONE)).isEqualTo(TREND);
  }

  private Map<Fingerprint, List<Point>> ask(Set<Fingerprint> fingerprints) {
    asked++;
    if (away) {
      throw new StoreUnavailableException("away", null);
    }
    return fingerprints.stream().collect(Collectors.toMap(Function.identity(), _ -> TREND));
  }
}
