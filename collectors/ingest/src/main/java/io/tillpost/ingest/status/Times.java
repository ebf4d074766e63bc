package io.tillpost.ingest.status;

import static java.nio.charset.StandardCharsets.UTF_8;

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
    return text.length() == DATE_LENGTH ? dateAt(text.getBytes(UTF_8), 0) : null;
  }

  /** {@code 2026-11-23T10:15:04Z} with up to nine digits of a fraction; null for anything else. */
  static @Nullable Instant usual(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return usual(bytes, 0, bytes.length);
  }

  /** As {@link #usual(String)}, of text within bytes. */
  static @Nullable Instant usual(byte[] text, int from, int to) {
    int length = to - from;
    if (length <= SECONDS_LENGTH
        || length > SECONDS_LENGTH + MAX_FRACTION + 2
        || text[from + DATE_LENGTH] != 'T'
        || text[from + 13] != ':'
        || text[from + 16] != ':'
        || text[to - 1] != 'Z') {
      return null;
    }
    LocalDate date = dateAt(text, from);
    int hour = number(text, from + 11, from + 13);
    int minute = number(text, from + 14, from + 16);
    int second = number(text, from + 17, from + SECONDS_LENGTH);
    int nanos = length == SECONDS_LENGTH + 1 ? 0 : nanos(text, from + SECONDS_LENGTH, to - 1);
    if (date == null || nanos < 0 || !isTime(hour, minute, second)) {
      return null;
    }
    return Instant.ofEpochSecond(
        date.toEpochDay() * SECONDS_PER_DAY + hour * 3_600L + minute * 60L + second, nanos);
  }

  private static boolean isTime(int hour, int minute, int second) {
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  }

  private static @Nullable LocalDate dateAt(byte[] text, int from) {
    int year = number(text, from, from + 4);
    int month = number(text, from + 5, from + 7);
    int day = number(text, from + 8, from + DATE_LENGTH);
    if (year < 0 || month < 1 || day < 1 || text[from + 4] != '-' || text[from + 7] != '-') {
      return null;
    }
    try {
      return LocalDate.of(year, month, day);
    } catch (DateTimeException _) {
      return null;
    }
  }

  /** Nanoseconds of a fraction that begins with its dot, -1 if it is none. */
  private static int nanos(byte[] text, int dot, int end) {
    int value = number(text, dot + 1, end);
    if (text[dot] != '.' || end == dot + 1 || value < 0) {
      return -1;
    }
    for (int digits = end - dot - 1; digits < MAX_FRACTION; digits++) {
      value *= 10;
    }
    return value;
  }

  /** The number that the digits are, -1 if one of them is none. */
  private static int number(byte[] text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
