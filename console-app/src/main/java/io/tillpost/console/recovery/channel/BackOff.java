package io.tillpost.console.recovery.channel;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses that double, each somewhere between half and the whole, so that many do not come back at
 * once.
 *
 * @param from the first
 * @param to the longest
 */
public record BackOff(Duration from, Duration to) {
  private static final int MOST_DOUBLINGS = 20;

  /**
   * The pause after so many tries in vain.
   *
   * @param tries from 1
   */
  public Duration after(int tries) {
    long doubled = from.toMillis() << Math.clamp(tries - 1, 0, MOST_DOUBLINGS);
    long whole = Math.max(1, Math.min(doubled, to.toMillis()));
    return Duration.ofMillis(whole - ThreadLocalRandom.current().nextLong(whole / 2 + 1));
  }
}
