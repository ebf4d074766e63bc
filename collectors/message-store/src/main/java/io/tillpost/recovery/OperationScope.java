package io.tillpost.recovery;

import org.jspecify.annotations.Nullable;

/**
 * Which messages an operation was asked for. The list itself is frozen in the items; this says in
 * words where it came from.
 *
 * @param kind what was chosen
 * @param subjectId the message id, the fingerprint or the operation; of a selection, how many; of a
 *     filter, the filter
 * @param fingerprint the exception it belongs to, or null where it is not known
 * @param description in words, as shown
 */
public record OperationScope(
    Kind kind, String subjectId, @Nullable String fingerprint, String description) {
  /** What was chosen. */
  public enum Kind {
    /** One message, chosen by itself. */
    MESSAGE,
    /** All failed messages of an exception at that moment. */
    EXCEPTION,
    /** What another operation could not bring to its end. */
    OPERATION,
    /** Messages chosen one by one. */
    SELECTION,
    /** All messages that matched a filter at that moment. */
    FILTER
  }
}
