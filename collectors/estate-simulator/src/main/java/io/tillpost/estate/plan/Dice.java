package io.tillpost.estate.plan;

import java.util.HexFormat;

/**
 * Deterministic chance (SplitMix64): the same key always throws the same numbers, in the same
 * order. Everything the estate decides comes from dice of a seed and a key, so that a repeated run
 * repeats itself to the last event id.
 */
public final class Dice {
  private static final HexFormat HEX = HexFormat.of();

  private long state;

  private Dice(long state) {
    this.state = state;
  }

  /** Dice for one purpose: {@code salt} tells apart what is thrown for the same key. */
  public static Dice of(long seed, long key, String salt) {
    return of(seed, key, salt.hashCode());
  }

  /** Dice for one purpose, where the purpose is a number. */
  public static Dice of(long seed, long key, long salt) {
    return new Dice(mix(seed * 0x9E3779B97F4A7C15L + mix(key + 0x632BE59BD9B4E019L * (salt + 1))));
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The next 64 bits. */
  public long next() {
    state += 0x9E3779B97F4A7C15L;
    return mix(state);
  }

  /** A number in {@code [0, 1)}. */
  public double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** A whole number in {@code [0, bound)}; {@code bound} must be positive. */
  public int below(int bound) {
    return (int) ((next() >>> 33) % bound);
  }

  /** A whole number in {@code [from, to]}. */
  public int between(int from, int to) {
    return from + below(to - from + 1);
  }

  /** Whether something with this probability happens. */
  public boolean chance(double probability) {
    return unit() < probability;
  }

  /**
   * Milliseconds of a latency: at least {@code least}, {@code typical} more on average, long tail.
   */
  public long latency(long least, long typical) {
    return least + (long) Math.min(typical * 8.0, -Math.log1p(-unit()) * typical);
  }

  /** How many arrivals there are where {@code expected} are expected (Poisson). */
  public int poisson(double expected) {
    if (expected <= 0) {
      return 0;
    }
    if (expected > 60) {
      double normal = Math.sqrt(-2 * Math.log1p(-unit())) * Math.cos(2 * Math.PI * unit());
      return (int) Math.max(0, Math.round(expected + Math.sqrt(expected) * normal));
    }
    double limit = Math.exp(-expected);
    int count = 0;
    for (double product = unit(); product > limit; product *= unit()) {
      count++;
    }
    return count;
  }

  /** The next {@code digits} hexadecimal digits (a multiple of 16 or less than 16). */
  public String hex(int digits) {
    if (digits <= 16) {
      return HEX.toHexDigits(next(), digits);
    }
    return HEX.toHexDigits(next()) + hex(digits - 16);
  }
}
