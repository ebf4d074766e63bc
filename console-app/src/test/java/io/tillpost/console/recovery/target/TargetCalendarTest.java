package io.tillpost.console.recovery.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.TargetProperties;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When nothing is sent to a target, in its own zone. */
class TargetCalendarTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final TargetProperties.Freeze YEAR_END =
      new TargetProperties.Freeze(
          "Year end",
          LocalDateTime.parse("2026-12-30T18:00"),
          LocalDateTime.parse("2027-01-02T06:00"));
  private static final TargetProperties.Maintenance FRIDAY_NIGHT =
      new TargetProperties.Maintenance(
          "Nightly batch",
          Set.of(DayOfWeek.FRIDAY),
          LocalTime.parse("23:30"),
          LocalTime.parse("02:00"));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "2026-12-30T16:59:59Z,",
    "2026-12-30T17:00:00Z,Year end",
    "2027-01-02T04:59:59Z,Year end",
    "2027-01-02T05:00:00Z,"
  })
  void aFreezeLastsFromItsFirstMomentToTheOneAfterItsLast(Instant now, @Nullable String reason) {
    assertThat(reason(now, List.of(YEAR_END), List.of())).isEqualTo(reason);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    // The 27th of November 2026 is a Friday; Berlin is an hour ahead of UTC.
    "2026-11-27T22:29:59Z,",
    "2026-11-27T22:30:00Z,Nightly batch",
    "2026-11-28T00:59:59Z,Nightly batch",
    "2026-11-28T01:00:00Z,",
    "2026-11-28T22:30:00Z,"
  })
  void maintenanceThatBeginsOnOneDayEndsOnTheNext(Instant now, @Nullable String reason) {
    assertThat(reason(now, List.of(), List.of(FRIDAY_NIGHT))).isEqualTo(reason);
  }

  @Test
  void withoutDaysMaintenanceIsEveryDay() {
    TargetProperties.Maintenance daily =
        new TargetProperties.Maintenance(
            "Backup", Set.of(), LocalTime.parse("02:00"), LocalTime.parse("03:00"));

    assertThat(reason(Instant.parse("2026-11-25T01:30:00Z"), List.of(), List.of(daily)))
        .isEqualTo("Backup");
    assertThat(reason(Instant.parse("2026-11-29T01:30:00Z"), List.of(), List.of(daily)))
        .isEqualTo("Backup");
  }

  @Test
  void ofTwoWindowsTheOneThatEndsLastCounts() {
    TargetProperties.Maintenance daily =
        new TargetProperties.Maintenance(
            "Backup", Set.of(), LocalTime.parse("02:00"), LocalTime.parse("03:00"));

    assertThat(reason(Instant.parse("2026-12-31T01:30:00Z"), List.of(YEAR_END), List.of(daily)))
        .isEqualTo("Year end");
  }

  @Test
  void aTargetWithoutAZoneFollowsTheConsole() {
    TargetProperties target = new TargetProperties(20, 4, null, List.of(YEAR_END), List.of());

    assertThat(new TargetCalendar(target, ZoneOffset.UTC).at(Instant.parse("2026-12-30T17:30:00Z")))
        .isEmpty();
    assertThat(new TargetCalendar(target, BERLIN).at(Instant.parse("2026-12-30T17:30:00Z")))
        .hasSize(1);
  }

  private static @Nullable String reason(
      Instant now,
      List<TargetProperties.Freeze> freezes,
      List<TargetProperties.Maintenance> maintenance) {
    TargetProperties target = new TargetProperties(20, 4, BERLIN, freezes, maintenance);
    return new TargetGate(target, new TargetCalendar(target, ZoneOffset.UTC), _ -> Optional.empty())
        .closed(now)
        .map(TargetClosed::reason)
        .orElse(null);
  }
}
