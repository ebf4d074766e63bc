package io.tillpost.alerting.notify;

import java.time.Duration;

/** How long to wait before a mail is tried again. */
final class BackOff {
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private BackOff() {}

  /** Doubles with each attempt, from 5 s up to 5 min. */
  static Duration after(int attempts) {
    Duration wait = FIRST.multipliedBy(1L << Math.clamp(attempts - 1L, 0, 10));
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }
}
