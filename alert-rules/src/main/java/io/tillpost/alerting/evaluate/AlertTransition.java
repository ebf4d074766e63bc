package io.tillpost.alerting.evaluate;

import io.tillpost.alerting.rule.Severity;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentKind.FieldType;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An alert went from one state to another. Kept for ever as a document of the kind {@code
 * alert-history}, never changed.
 *
 * @param alertId {@link Alert#id}
 * @param rule the rule's name
 * @param group the group as shown, or empty
 * @param sequence counts the transitions of the alert, from 1
 * @param from the state before
 * @param to the state since then
 * @param at when
 * @param summary the numbers in one line
 * @param comparisons why
 */
public record AlertTransition(
    String alertId,
    String rule,
    String group,
    Severity severity,
    long sequence,
    AlertPhase from,
    AlertPhase to,
    Instant at,
    String summary,
    List<Comparison> comparisons) {
  /** One document for each transition. */
  public static final DocumentKind<AlertTransition> DOCUMENTS =
      new DocumentKind<>(
          "alert-history",
          AlertTransition.class,
          Map.of(
              "alert_id", FieldType.KEYWORD,
              "rule", FieldType.KEYWORD,
              "to", FieldType.KEYWORD,
              "at", FieldType.DATE),
          true);

  public AlertTransition {
    comparisons = List.copyOf(comparisons);
  }

  /** The last transition of the alert. */
  static AlertTransition lastOf(Alert alert) {
    return new AlertTransition(
        alert.id(),
        alert.rule(),
        alert.groupTitle(),
        alert.severity(),
        alert.sequence(),
        alert.previousPhase(),
        alert.phase(),
        alert.since(),
        alert.message().summary(),
        alert.comparisons());
  }

  String documentId() {
    return alertId + "-" + sequence;
  }
}
