package io.tillpost.estate.saas;

import io.tillpost.estate.message.Message;
import io.tillpost.estate.message.Target;
import io.tillpost.estate.plan.Dice;
import io.tillpost.estate.trouble.Course;
import io.tillpost.estate.trouble.Effect;
import io.tillpost.estate.trouble.Troubles;
import java.util.Map;

/** The loyalty service: slower and slower near its limit of calls, then it throttles. */
public final class Loyalty implements Target {
  /** Calls per minute that the contract with the service allows. */
  public static final int CALLS_PER_MINUTE = 300;

  private static final long TEN_MINUTES = 600_000;

  private final Troubles troubles;
  private final long seed;
  private long minute;
  private int callsOfMinute;

  /** A loyalty service that suffers from these troubles. */
  public Loyalty(Troubles troubles, long seed) {
    this.troubles = troubles;
    this.seed = seed;
  }

  @Override
  public boolean isHeld(Message message, long at) {
    return false;
  }

  @Override
  public long latency(Message message, long at) {
    Dice dice = message.key().dice(seed, "loyalty" + message.attempt());
    long normal = dice.latency(70, 110);
    Course throttled = troubles.affecting(Effect.LOYALTY_THROTTLED, message.store(), at);
    if (throttled == null) {
      return normal;
    }
    double risen = Math.min(1, (at - throttled.began(at)) / (double) TEN_MINUTES);
    return normal + dice.latency(200, (long) (300 + 1_500 * Math.max(0, risen)));
  }

  @Override
  public Answer take(Message message, long at) {
    countCall(at);
    Dice dice = message.key().dice(seed, "points" + message.attempt());
    Course throttled = troubles.affecting(Effect.LOYALTY_THROTTLED, message.store(), at);
    if (!message.posted() && throttled != null && throttled.picks(dice)) {
      return new Refused(
          throttled.failure(
              Map.of(
                  "limit", Integer.toString(CALLS_PER_MINUTE),
                  "seconds", Integer.toString(dice.between(5, 60)),
                  "request", dice.hex(12))));
    }
    message.post();
    return new Posted();
  }

  /**
   * Calls that are left in the minute of a time, as the service says in its answers; close to none
   * while it throttles.
   */
  public int remaining(Message message, long at) {
    if (troubles.affecting(Effect.LOYALTY_THROTTLED, message.store(), at) != null) {
      return (int) Math.floorMod(at / 1_000, 12L);
    }
    return Math.max(0, CALLS_PER_MINUTE - (at / 60_000 == minute ? callsOfMinute : 0));
  }

  private void countCall(long at) {
    long now = at / 60_000;
    callsOfMinute = now == minute ? callsOfMinute + 1 : 1;
    minute = now;
  }
}
