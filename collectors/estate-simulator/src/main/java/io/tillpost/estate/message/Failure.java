package io.tillpost.estate.message;

import org.jspecify.annotations.Nullable;

/**
 * Why an attempt ended.
 *
 * @param code such as {@code TAX_CODE_UNKNOWN}
 * @param text what the system said, with its variable parts
 * @param field the part of the payload it points at, or null
 * @param failureClass such as {@code BUSINESS_RULE}
 * @param httpStatus what the API answered, 0 where no API was asked
 * @param trouble name of the trouble behind it
 */
public record Failure(
    String code,
    String text,
    @Nullable String field,
    String failureClass,
    int httpStatus,
    String trouble) {

  /** Whether it would work later without anybody changing anything. */
  public boolean isTransient() {
    return failureClass.equals("TRANSIENT");
  }
}
