package io.tillpost.console.impact.ui;

import io.tillpost.console.impact.ImpactLevel;
import io.tillpost.frontend.Severity;

/** How levels of impact look. */
final class Severities {
  private Severities() {}

  static Severity of(ImpactLevel level) {
    return switch (level) {
      case OK -> Severity.OK;
      case NOTICE -> Severity.INFO;
      case WARNING -> Severity.WARNING;
      case SERIOUS -> Severity.SERIOUS;
      case CRITICAL -> Severity.CRITICAL;
    };
  }
}
