package io.tillpost.console.audit;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Ids that sort by the time they were made: 12 hexadecimal digits of milliseconds, 16 at random.
 */
public final class TimeOrderedId {
  private static final SecureRandom RANDOM = new SecureRandom();

  private TimeOrderedId() {}

  /** A new id; two of the same millisecond differ, in no order. */
  public static String at(Instant moment) {
    byte[] random = new byte[8];
    RANDOM.nextBytes(random);
    return HexFormat.of().toHexDigits(moment.toEpochMilli(), 12)
        + "-"
        + HexFormat.of().formatHex(random);
  }
}
