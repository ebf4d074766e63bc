package io.tillpost.message;

import java.time.Duration;

/**
 * What a workflow promises: so many of a hundred messages confirmed within this time of capture.
 *
 * @param within the time from capture to confirmation, positive
 * @param targetPercent the promised share, over 0 and at most 100
 */
public record Objective(Duration within, double targetPercent) {
  public Objective {
    if (within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("An objective's time is positive");
    }
    if (!(targetPercent > 0 && targetPercent <= 100)) {
      throw new IllegalArgumentException("An objective's share is over 0 and at most 100 percent");
    }
  }
}
