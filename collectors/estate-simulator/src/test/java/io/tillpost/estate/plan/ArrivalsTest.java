package io.tillpost.estate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final long NOON = Instant.parse("2026-11-23T12:00:00Z").toEpochMilli();
  private static final long NIGHT = Instant.parse("2026-11-23T02:10:00Z").toEpochMilli();
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final Arrivals arrivals = new Arrivals(StorePlan.stores(600, 42), 42, List.of());

  @Test
  void areTheSameHoweverTimeIsCut() {
    List<Arrival> inPieces = new ArrayList<>();
    for (long at = NOON; at < NOON + HOUR; at += 37_123) {
      inPieces.addAll(arrivals.between(at, Math.min(at + 37_123, NOON + HOUR), Pace.HISTORY));
    }
    assertThat(inPieces).isNotEmpty().isEqualTo(arrivals.between(NOON, NOON + HOUR, Pace.HISTORY));
  }

  @Test
  void keepAboutFifteenMessagesASecondByDayAndMoveAtNight() {
    Pace live = Pace.live(1, 600);
    double byDay = arrivals.between(NOON, NOON + HOUR, live).size() / 3_600.0;
    double atNight = arrivals.between(NIGHT, NIGHT + HOUR, live).size() / 3_600.0;
    assertThat(byDay).isBetween(9.0, 17.0);
    assertThat(atNight).isBetween(1.5, 6.0);
  }

  @Test
  void closeEveryStoreOnceADay() {
    List<Arrival> day = arrivals.between(NOON, NOON + 24 * HOUR, Pace.HISTORY);
    assertThat(day)
        .filteredOn(arrival -> arrival.kind() == Arrival.Kind.END_OF_DAY)
        .extracting(arrival -> arrival.store().number())
        .hasSize(600)
        .doesNotHaveDuplicates();
  }
}
