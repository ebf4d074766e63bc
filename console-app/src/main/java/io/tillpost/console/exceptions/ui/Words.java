package io.tillpost.console.exceptions.ui;

import io.tillpost.console.exceptions.ExceptionSummary;
import io.tillpost.console.exceptions.RetriedAlike;
import io.tillpost.console.text.CountText;
import io.tillpost.console.text.MomentText;
import io.tillpost.console.text.MoneyText;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.IgnoredUntil;
import io.tillpost.failure.OwnerSide;
import io.tillpost.frontend.Severity;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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

  /** Like {@code IT · Master data · anna}. */
  static String owner(ExceptionSummary exception) {
    String team = exception.team();
    return of(exception.ownerSide())
        + (team == null ? "" : " · " + team)
        + " · "
        + Objects.requireNonNullElse(exception.assignee(), "nobody");
  }

  /** A round length of time, like {@code 15 minutes}, {@code 1 hour} or {@code 7 days}. */
  static String of(Duration length) {
    if (length.toDays() > 0) {
      return CountText.of(length.toDays(), "day");
    }
    return length.toHours() > 0
        ? CountText.of(length.toHours(), "hour")
        : CountText.of(length.toMinutes(), "minute");
  }

  /**
   * What ends it, whichever comes first, like {@code 28 Nov 17:00 UTC, or more than 20 messages}.
   */
  static String of(IgnoredUntil until, ZoneId zone) {
    List<String> ends = new ArrayList<>();
    if (until.time() != null) {
      ends.add(MomentText.full(until.time(), zone));
    }
    if (until.messages() != null) {
      ends.add("more than " + ExceptionGrid.counted(until.messages(), "message"));
    }
    if (until.stores() != null) {
      ends.add("more than " + ExceptionGrid.counted(until.stores(), "store"));
    }
    if (until.money() != null) {
      ends.add("more than " + MoneyText.of(until.money()));
    }
    return String.join(", or ", ends);
  }

  /**
   * Like {@code Transient failures at erp, last 30 days: 96 % of 412 retried messages were
   * confirmed within 10 minutes. Of this exception alone too few were retried to tell.}
   */
  static String of(RetriedAlike alike) {
    return "%s failures at %s, last %d days: %s Of this exception alone too few were retried to tell."
        .formatted(
            of(alike.failureClass()),
            alike.target(),
            alike.over().toDays(),
            alike.retried().words());
  }

  static Severity severity(ExceptionStatus status) {
    return switch (status) {
      case NEW, REGRESSED, ESCALATED -> Severity.SERIOUS;
      case OPEN -> Severity.WARNING;
      case RECOVERING, IGNORED, MERGED -> Severity.INFO;
      case RESOLVED -> Severity.OK;
    };
  }
}
