package io.tillpost.ingest.status;

import io.tillpost.ingest.masking.CardNumbers;
import java.io.Serial;

/**
 * A field of a received event breaks the contract. It ends the reading of one event, and {@link
 * EventRules} turns it into a value; it never leaves the receivers.
 */
public final class WrongFieldException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private static final int MAX_QUOTED = 60;

  /** So much that a card's number that begins in what is quoted ends within. */
  private static final int MOST_READ = 1_000;

  /** A field by its path or name, and what is wrong with it, like {@code is missing}. */
  public WrongFieldException(String field, String problem) {
    // Thrown for input, maybe thousands of times for one request: a stack trace tells nothing.
    super(field + ": " + problem, null, false, false);
  }

  /** The value in quotation marks, shortened where it is long. */
  public static String quote(String value) {
    // Before it is cut: of half a card's number nobody knows what it is.
    String masked =
        CardNumbers.mask(value.length() <= MOST_READ ? value : value.substring(0, MOST_READ));
    return "'"
        + (masked.length() <= MAX_QUOTED ? masked : masked.substring(0, MAX_QUOTED) + "…")
        + "'";
  }

  /** The reason for the sender. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
