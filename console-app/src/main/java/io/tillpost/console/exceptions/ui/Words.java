package io.tillpost.console.exceptions.ui;

import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.OwnerSide;
import io.tillpost.frontend.Severity;
import io.tillpost.frontend.SeverityBadge;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the values of triage read on screen. */
final class Words {
  private Words() {}

  static String of(FailureClass failureClass) {
    return switch (failureClass) {
      case TRANSIENT -> "Transient";
      case BUSINESS_RULE -> "Business rule";
      case MAPPING -> "Mapping";
      case MASTER_DATA -> "Master data";
      case SECURITY -> "Security";
      case UNKNOWN -> "Unknown";
    };
  }

  /** What has to happen for messages of this class to succeed. */
  static String meaning(FailureClass failureClass) {
    return switch (failureClass) {
      case TRANSIENT -> "would work later";
      case BUSINESS_RULE -> "the target refused the content";
      case MAPPING -> "we sent the wrong shape";
      case MASTER_DATA -> "something referred to is missing";
      case SECURITY -> "the target does not let us in";
      case UNKNOWN -> "nobody has said yet";
    };
  }

  static String of(OwnerSide side) {
    return side == OwnerSide.IT ? "IT" : "Business";
  }

  static String owner(OwnerSide side, @Nullable String assignee) {
    return of(side) + " · " + (assignee == null ? "nobody" : assignee);
  }

  /** A round length of time, like {@code 15 minutes}, {@code 1 hour} or {@code 7 days}. */
  static String of(Duration length) {
    if (length.toDays() > 0) {
      return counted(length.toDays(), "day");
    }
    return length.toHours() > 0
        ? counted(length.toHours(), "hour")
        : counted(length.toMinutes(), "minute");
  }

  private static String counted(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }

  static SeverityBadge badge(ExceptionStatus status) {
    return new SeverityBadge(
        switch (status) {
          case NEW, REGRESSED, ESCALATED -> Severity.SERIOUS;
          case OPEN -> Severity.WARNING;
          case RECOVERING, IGNORED, MERGED -> Severity.INFO;
          case RESOLVED -> Severity.OK;
        },
        status.title());
  }
}
