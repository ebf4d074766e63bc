package io.tillpost.console.recovery;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** When nothing is dispatched to a target: freezes and maintenance windows. */
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

  /** The window in which this moment lies, the one that ends last; empty where there is none. */
  Optional<Window> at(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    Stream<Window> freezes =
        target.freezes().stream().map(f -> window(f.reason(), f.from(), f.to()));
    Stream<Window> maintenance =
        target.maintenance().stream()
            .flatMap(m -> Stream.of(today.minusDays(1), today).flatMap(day -> begun(m, day)));
    return Stream.concat(freezes, maintenance)
        .filter(window -> !now.isBefore(window.from()) && now.isBefore(window.to()))
        .max(Comparator.comparing(Window::to));
  }

  private Stream<Window> begun(TargetProperties.Maintenance maintenance, LocalDate day) {
    if (!maintenance.beginsOn(day.getDayOfWeek())) {
      return Stream.empty();
    }
    LocalDate end = maintenance.to().isAfter(maintenance.from()) ? day : day.plusDays(1);
    return Stream.of(
        window(maintenance.reason(), day.atTime(maintenance.from()), end.atTime(maintenance.to())));
  }

  private Window window(String reason, LocalDateTime from, LocalDateTime to) {
    return new Window(reason, from.atZone(zone).toInstant(), to.atZone(zone).toInstant());
  }

  /**
   * A time in which nothing is dispatched.
   *
   * @param reason as configured
   * @param from its first moment
   * @param to the first moment after it
   */
  record Window(String reason, Instant from, Instant to) {}
}
