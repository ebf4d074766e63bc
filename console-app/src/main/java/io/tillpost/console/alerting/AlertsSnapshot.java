package io.tillpost.console.alerting;

import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertTransition;
import java.time.Instant;
import java.util.List;

/**
 * The alerts at one moment.
 *
 * @param active pending and firing, worst first
 * @param history the latest transitions, latest first
 * @param olderHistory whether there are transitions before those
 * @param notEvaluated rules that cannot be evaluated at present, by name
 */
public record AlertsSnapshot(
    List<Alert> active,
    List<AlertTransition> history,
    boolean olderHistory,
    List<NotEvaluated> notEvaluated) {
  public AlertsSnapshot {
    active = List.copyOf(active);
    history = List.copyOf(history);
    notEvaluated = List.copyOf(notEvaluated);
  }

  /**
   * A rule that could not be evaluated the last time; its alerts stay as they were.
   *
   * @param since when that began
   * @param error why, in words
   */
  public record NotEvaluated(String rule, Instant since, String error) {}
}
