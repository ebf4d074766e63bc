package io.tillpost.console.alerting.ui;

import java.util.Arrays;
import java.util.Locale;

/** The tabs of the page. */
enum AlertsTab {
  ACTIVE("Active"),
  LOG("Notification log"),
  RULES("Rules");

  private final String title;

  AlertsTab(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** As it stands in the address. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The tab of that word, the first one for any other. */
  static AlertsTab of(String word) {
    return Arrays.stream(values()).filter(t -> t.word().equals(word)).findFirst().orElse(ACTIVE);
  }
}
