package io.tillpost.testing;

import io.tillpost.failure.Failure;
import io.tillpost.failure.FailureClass;
import org.jspecify.annotations.Nullable;

/** Builds a failure for a test. */
public final class FailureBuilder {
  private String code = "TAX_CODE_UNKNOWN";
  private String message = "Tax code DE-19X is not known";
  private @Nullable String field = "lines[2].taxCode";
  private @Nullable FailureClass failureClass = FailureClass.BUSINESS_RULE;

  FailureBuilder() {}

  public FailureBuilder code(String newCode) {
    code = newCode;
    return this;
  }

  public FailureBuilder message(String newMessage) {
    message = newMessage;
    return this;
  }

  public FailureBuilder field(@Nullable String newField) {
    field = newField;
    return this;
  }

  public FailureBuilder failureClass(@Nullable FailureClass newClass) {
    failureClass = newClass;
    return this;
  }

  public Failure build() {
    return new Failure(code, message, field, failureClass);
  }
}
