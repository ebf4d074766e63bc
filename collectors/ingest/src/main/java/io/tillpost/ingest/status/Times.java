package io.tillpost.ingest.status;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Reads times as RFC 3339 has them. Nearly all of them are in UTC and have four digits for the
 * year: those are read without a formatter, which would take most of the time that an event takes.
 */
final class Times {
  private static final int DATE_LENGTH = 10;
  private static final int SECONDS_LENGTH = 19;
  private static final int MAX_FRACTION = 9;
  private static final int SECONDS_PER_DAY = 86_400;

  private Times() {}

  static Instant parse(String field, String text) {
    Instant usual = usual(text);
    if (usual != null) {
      return usual;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException _) {
      throw new WrongFieldException(
          field, WrongFieldException.quote(text) + " is not a time like 2026-11-23T10:15:04.250Z");
    }
  }

  /** A date like {@code 2026-11-23}; null for anything else. */
  static @Nullable LocalDate date(String text) {
    return text.length() == DATE_LENGTH ? dateAt(text) : null;
  }

  /** {@code 2026-11-23T10:15:04Z} with up to nine digits of a fraction; null for anything else. */
  static @Nullable Instant usual(String text) {
    int length = text.length();
    if (length <= SECONDS_LENGTH
        || length > SECONDS_LENGTH + MAX_FRACTION + 2
        || text.charAt(DATE_LENGTH) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || text.charAt(length - 1) != 'Z') {
      return null;
    }
    LocalDate date = dateAt(text);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, SECONDS_LENGTH);
    int nanos = length == SECONDS_LENGTH + 1 ? 0 : nanos(text, length - 1);
    if (date == null || nanos < 0 || !isTime(hour, minute, second)) {
      return null;
    }
    return Instant.ofEpochSecond(
        date.toEpochDay() * SECONDS_PER_DAY + hour * 3_600L + minute * 60L + second, nanos);
  }

  private static boolean isTime(int hour, int minute, int second) {
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  }

  private static @Nullable LocalDate dateAt(String text) {
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, DATE_LENGTH);
    if (year < 0 || month < 1 || day < 1 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return null;
    }
    try {
      return LocalDate.of(year, month, day);
    } catch (DateTimeException _) {
      return null;
    }
  }

  /** Nanoseconds of a fraction with its dot before it, -1 if it is none. */
  private static int nanos(String text, int end) {
    int value = number(text, SECONDS_LENGTH + 1, end);
    if (text.charAt(SECONDS_LENGTH) != '.' || end == SECONDS_LENGTH + 1 || value < 0) {
      return -1;
    }
    for (int digits = end - SECONDS_LENGTH - 1; digits < MAX_FRACTION; digits++) {
      value *= 10;
    }
    return value;
  }

  /** The number that the digits are, -1 if one of them is none. */
  private static int number(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
