package io.tillpost.ingest.status;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Reads times as RFC 3339 has them. */
final class Times {
  private Times() {}

  static Instant parse(String field, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException _) {
      throw new WrongFieldException(
          field, WrongFieldException.quote(text) + " is not a time like 2026-11-23T10:15:04.250Z");
    }
  }
}
