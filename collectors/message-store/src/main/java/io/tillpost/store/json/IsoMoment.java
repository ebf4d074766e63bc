package io.tillpost.store.json;

import java.time.Instant;

/**
 * Writes moments as {@link Instant#toString} does, without its objects: {@code
 * 2026-11-23T10:15:04.250Z}.
 */
final class IsoMoment {
  /** The most bytes that {@link #write} takes. */
  static final int MAX_BYTES = 30;

  private static final long FIRST_SECOND = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long END_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() + 1;
  private static final int SECONDS_PER_DAY = 86_400;

  private IsoMoment() {}

  /** Writes it; returns where it ends, or -1 for a year that has not four digits. */
  static int write(Instant moment, byte[] to, int from) {
    long second = moment.getEpochSecond();
    if (second < FIRST_SECOND || second >= END_SECOND) {
      return -1;
    }
    long day = Math.floorDiv(second, SECONDS_PER_DAY);
    int ofDay = (int) Math.floorMod(second, (long) SECONDS_PER_DAY);
    int at = date(day, to, from);
    to[at++] = 'T';
    at = two(ofDay / 3_600, to, at);
    to[at++] = ':';
    at = two(ofDay / 60 % 60, to, at);
    to[at++] = ':';
    at = two(ofDay % 60, to, at);
    at = fraction(moment.getNano(), to, at);
    to[at++] = 'Z';
    return at;
  }

  /**
   * The civil date of a day since 1970-01-01, by eras of 400 years that begin on the first of
   * March, so that the leap day is the last day of its year.
   */
  private static int date(long epochDay, byte[] to, int from) {
    long shifted = epochDay + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    int ofEra = (int) Math.floorMod(shifted, 146_097L);
    int yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * ofYear + 2) / 153;
    int day = ofYear - (153 * monthFromMarch + 2) / 5 + 1;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    int year = (int) (era * 400) + yearOfEra + (month <= 2 ? 1 : 0);
    int at = two(year / 100, to, from);
    at = two(year % 100, to, at);
    to[at++] = '-';
    at = two(month, to, at);
    to[at++] = '-';
    return two(day, to, at);
  }

  /** In groups of three digits, none where it is zero. */
  private static int fraction(int nanos, byte[] to, int from) {
    if (nanos == 0) {
      return from;
    }
    int at = from;
    to[at++] = '.';
    at = three(nanos / 1_000_000, to, at);
    if (nanos % 1_000_000 != 0) {
      at = three(nanos / 1_000 % 1_000, to, at);
      if (nanos % 1_000 != 0) {
        at = three(nanos % 1_000, to, at);
      }
    }
    return at;
  }

  private static int two(int value, byte[] to, int at) {
    to[at] = (byte) ('0' + value / 10);
    to[at + 1] = (byte) ('0' + value % 10);
    return at + 2;
  }

  private static int three(int value, byte[] to, int at) {
    to[at] = (byte) ('0' + value / 100);
    return two(value % 100, to, at + 1);
  }
}
