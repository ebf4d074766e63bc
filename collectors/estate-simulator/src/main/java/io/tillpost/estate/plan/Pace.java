package io.tillpost.estate.plan;

/**
 * How dense the arrivals are.
 *
 * @param slotMillis length of the slots that chance is thrown for
 * @param density 1 is a quiet estate: about 93 messages a store and day
 * @param leastPerSecond arrivals per second that the whole estate never falls below
 */
public record Pace(long slotMillis, double density, double leastPerSecond) {

  /** The pace of recorded history. */
  public static final Pace HISTORY = new Pace(60_000, 1, 0);

  private static final double LIVE_DENSITY = 12;
  private static final double LEAST_PER_STORE = 3.0 / 600;

  /** The pace of live trade: rate 1 is about 15 messages a second for 600 stores by day. */
  public static Pace live(double rate, int stores) {
    return new Pace(1_000, LIVE_DENSITY * rate, LEAST_PER_STORE * stores * rate);
  }
}
