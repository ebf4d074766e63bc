package io.tillpost.console.alerting.ui;

import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.alerting.evaluate.Comparison;
import io.tillpost.alerting.notify.Notification;
import io.tillpost.alerting.notify.NotificationKind;
import io.tillpost.alerting.notify.Outcome;
import io.tillpost.frontend.Severity;
import io.tillpost.frontend.SeverityBadge;
import java.util.stream.Collectors;

/** How alerts and mails read on the page; a colour always with a symbol and a word. */
final class AlertWords {
  private AlertWords() {}

  static SeverityBadge state(Alert alert) {
    return new SeverityBadge(
        alert.phase() == AlertPhase.FIRING ? severity(alert.severity()) : Severity.INFO,
        phase(alert.phase()) + " · " + alert.severity().word());
  }

  static SeverityBadge phaseBadge(AlertPhase phase, io.tillpost.alerting.rule.Severity severity) {
    return new SeverityBadge(
        switch (phase) {
          case FIRING -> severity(severity);
          case RESOLVED -> Severity.OK;
          case PENDING, INACTIVE -> Severity.INFO;
        },
        phase(phase));
  }

  static String phase(AlertPhase phase) {
    return switch (phase) {
      case INACTIVE -> "Inactive";
      case PENDING -> "Pending";
      case FIRING -> "Firing";
      case RESOLVED -> "Resolved";
    };
  }

  static String comparisons(Alert alert) {
    return alert.comparisons().stream()
        .map(AlertWords::comparison)
        .collect(Collectors.joining("\n"));
  }

  private static String comparison(Comparison comparison) {
    return "%s %s %s, wanted %s"
        .formatted(
            comparison.holds() ? "✓" : "–",
            comparison.quantity().word(),
            comparison.measured(),
            comparison.wanted());
  }

  static SeverityBadge kind(Notification mail) {
    Severity severity =
        mail.kind() == NotificationKind.RESOLVED ? Severity.OK : severity(mail.severity());
    return new SeverityBadge(
        severity,
        switch (mail.kind()) {
          case FIRING -> "Firing";
          case STILL_FIRING -> "Still firing";
          case RESOLVED -> "All clear";
          case MENTION -> "Mention";
        });
  }

  static SeverityBadge outcome(Outcome outcome) {
    return switch (outcome) {
      case SENT -> new SeverityBadge(Severity.OK, "Sent");
      case WAITING -> new SeverityBadge(Severity.WARNING, "Waiting");
      case SENDING -> new SeverityBadge(Severity.INFO, "Being sent");
      case FAILED -> new SeverityBadge(Severity.SERIOUS, "Given up");
      case NOT_SENT -> new SeverityBadge(Severity.WARNING, "Not sent");
    };
  }

  static Severity severity(io.tillpost.alerting.rule.Severity severity) {
    return switch (severity) {
      case INFO -> Severity.INFO;
      case WARNING -> Severity.WARNING;
      case CRITICAL -> Severity.CRITICAL;
    };
  }
}
