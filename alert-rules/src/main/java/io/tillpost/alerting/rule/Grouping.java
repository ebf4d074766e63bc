package io.tillpost.alerting.rule;

import java.util.Locale;

/** What one alert of a rule stands for: a rule has one alert, and one mail, for each group. */
public enum Grouping {
  /** One alert for each region. */
  REGION,
  /** One alert for each workflow. */
  WORKFLOW,
  /** One alert for each called system. */
  API,
  /** One alert for each sender. */
  SENDER,
  /** One alert in all. */
  NONE;

  /** As it is written in rule files: {@code region}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
