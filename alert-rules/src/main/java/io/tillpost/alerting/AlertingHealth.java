package io.tillpost.alerting;

import io.tillpost.alerting.evaluate.Evaluations;
import io.tillpost.alerting.evaluate.Evaluations.Evaluation;
import io.tillpost.alerting.notify.Delivery;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether on-call can rely on the alerts: down while a rule file is wrong, a rule cannot be
 * evaluated or mails are not accepted.
 */
class AlertingHealth implements HealthIndicator {
  private final AlertRules rules;
  private final Evaluations evaluations;
  private final Delivery delivery;

  AlertingHealth(AlertRules rules, Evaluations evaluations, Delivery delivery) {
    this.rules = rules;
    this.evaluations = evaluations;
    this.delivery = delivery;
  }

  @Override
  public Health health() {
    Map<String, String> failing = new TreeMap<>();
    evaluations
        .all()
        .forEach(
            (rule, evaluation) -> {
              if (!evaluation.succeeded()) {
                failing.put(rule, sentence(evaluation));
              }
            });
    boolean up = failing.isEmpty() && rules.problems().isEmpty() && delivery.lastError().isEmpty();
    Health.Builder health = up ? Health.up() : Health.down();
    health.withDetail("rules", rules.rules().size());
    if (!failing.isEmpty()) {
      health.withDetail("couldNotBeEvaluated", failing);
    }
    if (!rules.problems().isEmpty()) {
      health.withDetail("problems", rules.problems().stream().map(Object::toString).toList());
    }
    delivery.lastError().ifPresent(error -> health.withDetail("mail", error));
    return health.build();
  }

  private static String sentence(Evaluation evaluation) {
    return "since " + evaluation.failingSince() + ": " + evaluation.error();
  }
}
