package io.tillpost.console.recovery;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys under {@code tillpost.recovery.targets.<name>}: how gently a target is treated, over all
 * operations.
 *
 * @param rate messages a second at most
 * @param concurrency requests at the same time at most
 * @param zone of the times below; the console's zone if absent
 * @param freezes when nothing is dispatched to it, once
 * @param maintenance when nothing is dispatched to it, every week
 */
public record TargetProperties(
    @DefaultValue("20") double rate,
    @DefaultValue("4") int concurrency,
    @Nullable ZoneId zone,
    @DefaultValue List<Freeze> freezes,
    @DefaultValue List<Maintenance> maintenance) {
  /** A target of which nothing is configured. */
  static final TargetProperties USUAL = new TargetProperties(20, 4, null, List.of(), List.of());

  public TargetProperties {
    freezes = List.copyOf(freezes);
    maintenance = List.copyOf(maintenance);
    if (!(rate > 0) || rate > 100_000 || concurrency < 1 || concurrency > 256) {
      throw new IllegalArgumentException(
          "tillpost.recovery.targets: rate is more than 0, concurrency is 1 to 256");
    }
  }

  /**
   * A time in which nothing is dispatched.
   *
   * @param reason as shown
   * @param from its first moment
   * @param to the first moment after it
   */
  public record Freeze(String reason, LocalDateTime from, LocalDateTime to) {
    public Freeze {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException(
            "tillpost.recovery.targets: a freeze begins before it ends: " + reason);
      }
    }
  }

  /**
   * A time of the week in which nothing is dispatched.
   *
   * @param reason as shown
   * @param days on which it begins; every day if empty
   * @param from the time of day at which it begins
   * @param to the time of day at which it ends; on the next day if not after {@code from}
   */
  public record Maintenance(
      String reason, @DefaultValue Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    public Maintenance {
      days = Set.copyOf(days);
    }

    /** Whether it begins on that day. */
    public boolean beginsOn(DayOfWeek day) {
      return days.isEmpty() || days.contains(day);
    }
  }
}
