package io.tillpost.console.impact;

import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.alerting.evaluate.AlertTransition;
import io.tillpost.console.alerting.AlertDesk;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Alerts that began to fire, and those whose cause is gone. */
final class AlertChanges implements ChangeSource {
  private final AlertDesk alerts;

  AlertChanges(AlertDesk alerts) {
    this.alerts = alerts;
  }

  @Override
  public List<Change> between(Instant from, Instant now) {
    return alerts.since(from).stream().flatMap(AlertChanges::told).toList();
  }

  static Stream<Change> told(AlertTransition transition) {
    String href = "alerts?alert=" + transition.alertId();
    if (transition.to() == AlertPhase.FIRING) {
      String text = "Alert: %s — %s".formatted(title(transition), transition.summary());
      return Stream.of(new Change(transition.at(), text, false, href));
    }
    // What was only pending never told anybody.
    if (transition.from() == AlertPhase.FIRING) {
      return Stream.of(
          new Change(transition.at(), "Alert resolved: " + title(transition), true, href));
    }
    return Stream.empty();
  }

  private static String title(AlertTransition transition) {
    return transition.group().isEmpty()
        ? transition.rule()
        : transition.rule() + " · " + transition.group();
  }
}
