package io.tillpost.console.live;

import java.time.Duration;
import java.util.Optional;

/** How far what is searchable is behind what was accepted. */
@FunctionalInterface
public interface IngestDelay {

  /**
   * The age of the oldest accepted record that is not indexed yet, zero if there is none; empty if
   * not known.
   */
  Optional<Duration> now();
}
