package io.tillpost.estate.plan;

import java.time.LocalTime;
import java.time.ZoneId;

/**
 * A shop.
 *
 * @param number 1 to 9999
 * @param name as people call it, unique
 * @param region the group it belongs to
 * @param format what kind of shop it is
 * @param opens when it opens, in its own zone
 * @param closes when it closes, in its own zone; 23:59 means that it never does
 * @param registers how many tills it has, numbered from 1
 * @param size how much it trades, 1 being average
 */
public record Store(
    int number,
    String name,
    Region region,
    Format format,
    LocalTime opens,
    LocalTime closes,
    int registers,
    double size) {

  /** Kinds of shop. */
  public enum Format {
    SUPERMARKET,
    DEPARTMENT_STORE,
    CONVENIENCE,
    ROUND_THE_CLOCK,
    ONLINE
  }

  /** The store id, four digits, such as {@code 0412}. */
  public String id() {
    String digits = Integer.toString(number);
    return "0000".substring(Math.min(4, digits.length())) + digits;
  }

  /** The zone its clocks show. */
  public ZoneId zone() {
    return region.zone();
  }

  /** Whether customers come at any hour. */
  public boolean neverCloses() {
    return format == Format.ROUND_THE_CLOCK || format == Format.ONLINE;
  }
}
