package io.tillpost.alerting.rule;

import java.util.Locale;

/** How bad an alert is; the most urgent last. */
public enum Severity {
  /** Worth knowing; nobody has to get up. */
  INFO,
  /** Has to be looked at within the working day. */
  WARNING,
  /** Has to be looked at now. */
  CRITICAL;

  /** As it is written in rule files and mail: {@code critical}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
