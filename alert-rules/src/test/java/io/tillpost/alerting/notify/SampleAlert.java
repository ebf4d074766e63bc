package io.tillpost.alerting.notify;

import io.tillpost.alerting.evaluate.AffectedStore;
import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertMessage;
import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.alerting.evaluate.Comparison;
import io.tillpost.alerting.evaluate.Mailed;
import io.tillpost.alerting.evaluate.Reading;
import io.tillpost.alerting.rule.Grouping;
import io.tillpost.alerting.rule.Quantity;
import io.tillpost.alerting.rule.Severity;
import io.tillpost.message.Money;
import io.tillpost.message.MoneySum;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An alert to write mails of. */
final class SampleAlert {
  private SampleAlert() {}

  static Alert in(AlertPhase phase, Instant since) {
    return named(phase, since, "Germany North", "Altona");
  }

  static Alert named(AlertPhase phase, Instant since, String region, String store) {
    MoneySum money = MoneySum.of(new Money(153_210, "EUR"));
    return new Alert(
        Alert.idOf("Stores with unsent transactions", region),
        "Stores with unsent transactions",
        Grouping.REGION,
        region,
        region,
        Severity.CRITICAL,
        Map.of("team", "pos"),
        phase,
        since,
        since,
        since,
        since,
        1,
        AlertPhase.PENDING,
        new Reading(
            12,
            money,
            since,
            null,
            null,
            List.of(new AffectedStore("0412", store, 7, money, since)),
            11),
        List.of(new Comparison(Quantity.COUNT, "12", "more than 10", true)),
        new AlertMessage(
            "12 stores, 1,532.10 EUR, oldest 34 min", "Money is missing.", "Look.", null),
        since,
        null,
        Mailed.NOTHING);
  }
}
