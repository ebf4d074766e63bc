package io.tillpost.console.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keys under {@code tillpost.apis.<name>}.
 *
 * @param callsPerMinute how many calls a minute the system allows, positive, or null where no limit
 *     is known
 * @param latencyThreshold what 95 of 100 calls should stay under, or null
 */
public record ApiProperties(@Nullable Long callsPerMinute, @Nullable Duration latencyThreshold) {

  /** Checks the signs. */
  public ApiProperties {
    if (callsPerMinute != null && callsPerMinute <= 0) {
      throw new IllegalArgumentException("calls-per-minute has to be positive");
    }
    if (latencyThreshold != null && !latencyThreshold.isPositive()) {
      throw new IllegalArgumentException("latency-threshold has to be positive");
    }
  }
}
