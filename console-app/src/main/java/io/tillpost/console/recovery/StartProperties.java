package io.tillpost.console.recovery;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys under {@code tillpost.recovery.start}.
 *
 * @param canary how many messages go first and are waited for
 * @param canaryFrom lists of so many messages and more have a canary
 * @param rampFrom with how many percent of the target's rate an operation with a canary goes on
 * @param rampEvery how long until its rate doubles, up to the target's
 * @param pauseAbove the operation pauses when more than so many percent of the latest outcomes are
 *     failures; 100 for never
 * @param pauseSlower the operation pauses when half of the latest answers take longer than this
 * @param judgeFrom so many outcomes or answers are needed to judge by
 */
public record StartProperties(
    @DefaultValue("5") int canary,
    @DefaultValue("20") int canaryFrom,
    @DefaultValue("25") int rampFrom,
    @DefaultValue("10s") Duration rampEvery,
    @DefaultValue("20") int pauseAbove,
    @DefaultValue("5s") Duration pauseSlower,
    @DefaultValue("10") int judgeFrom) {
  public StartProperties {
    require(canary >= 0 && canary <= 100, "canary is 0 to 100");
    require(canaryFrom > canary, "canary-from is more than canary");
    require(rampFrom >= 1 && rampFrom <= 100, "ramp-from is 1 to 100 percent");
    require(rampEvery.isPositive(), "ramp-every is positive");
    require(pauseAbove >= 0 && pauseAbove <= 100, "pause-above is 0 to 100 percent");
    require(pauseSlower.isPositive(), "pause-slower is positive");
    require(judgeFrom >= 1 && judgeFrom <= 50, "judge-from is 1 to 50");
  }

  /** How many messages of so many go first; 0 where all go at once. */
  public int canaryOf(int messages) {
    return messages >= canaryFrom ? canary : 0;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("tillpost.recovery.start: " + rule);
    }
  }
}
