package io.tillpost.console.impact;

import java.time.Duration;

/** How bad it is, from good to worst. */
public enum ImpactLevel {
  OK,
  NOTICE,
  WARNING,
  SERIOUS,
  CRITICAL;

  private static final Duration WARNING_AGE = Duration.ofMinutes(15);
  private static final Duration SERIOUS_AGE = Duration.ofHours(1);
  private static final Duration CRITICAL_AGE = Duration.ofHours(4);

  /**
   * The level of one store: by the age of its oldest stuck message or by their number, whichever is
   * worse. 15 minutes or 5 messages are a warning, an hour or 25 serious, four hours or 100
   * critical.
   */
  public static ImpactLevel ofStore(long messages, Duration oldest) {
    if (messages == 0) {
      return OK;
    }
    if (messages >= 100 || oldest.compareTo(CRITICAL_AGE) >= 0) {
      return CRITICAL;
    }
    if (messages >= 25 || oldest.compareTo(SERIOUS_AGE) >= 0) {
      return SERIOUS;
    }
    return messages >= 5 || oldest.compareTo(WARNING_AGE) >= 0 ? WARNING : NOTICE;
  }

  /** The worse of the two. */
  public ImpactLevel or(ImpactLevel other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
