package io.tillpost.failure;

import org.jspecify.annotations.Nullable;

/**
 * Why an attempt ended.
 *
 * @param code the reporting system's code, like {@code TAX_CODE_UNKNOWN}
 * @param message its text, variable parts included; may be empty
 * @param field the field of the payload it points at, like {@code lines[2].taxCode}, or null
 * @param failureClass the class that the reporting system claims, or null
 */
public record Failure(
    String code, String message, @Nullable String field, @Nullable FailureClass failureClass) {
  public Failure {
    if (code.isBlank()) {
      throw new IllegalArgumentException("A failure has a code");
    }
  }

  /** The class claimed by the reporting system, or {@link FailureClass#UNKNOWN}. */
  public FailureClass classOrUnknown() {
    return failureClass == null ? FailureClass.UNKNOWN : failureClass;
  }
}
