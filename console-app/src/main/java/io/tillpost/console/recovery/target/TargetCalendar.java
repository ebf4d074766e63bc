package io.tillpost.console.recovery.target;

import io.tillpost.console.recovery.TargetProperties;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** When nothing is dispatched to a target as it is configured: freezes and maintenance windows. */
final class TargetCalendar {
  private final TargetProperties target;
  private final ZoneId zone;

  /**
   * @param consoleZone for a target without a zone of its own
   */
  TargetCalendar(TargetProperties target, ZoneId consoleZone) {
    this.target = target;
    this.zone = target.zone() == null ? consoleZone : target.zone();
  }

  /** The windows in which this moment lies, in no order; empty where there is none. */
  List<TargetClosed> at(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    Stream<TargetClosed> freezes =
        target.freezes().stream()
            .map(f -> window(TargetClosed.Why.FREEZE, f.reason(), f.from(), f.to()));
    Stream<TargetClosed> maintenance =
        target.maintenance().stream()
            .flatMap(m -> Stream.of(today.minusDays(1), today).flatMap(day -> begun(m, day)));
    return Stream.concat(freezes, maintenance)
        .filter(window -> !now.isBefore(window.from()) && now.isBefore(window.end()))
        .toList();
  }

  private Stream<TargetClosed> begun(TargetProperties.Maintenance maintenance, LocalDate day) {
    if (!maintenance.beginsOn(day.getDayOfWeek())) {
      return Stream.empty();
    }
    LocalDate end = maintenance.to().isAfter(maintenance.from()) ? day : day.plusDays(1);
    return Stream.of(
        window(
            TargetClosed.Why.MAINTENANCE,
            maintenance.reason(),
            day.atTime(maintenance.from()),
            end.atTime(maintenance.to())));
  }

  private TargetClosed window(
      TargetClosed.Why why, String reason, LocalDateTime from, LocalDateTime to) {
    return new TargetClosed(
        why, reason, from.atZone(zone).toInstant(), to.atZone(zone).toInstant(), null);
  }
}
