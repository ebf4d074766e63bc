package io.tillpost.console.alerting.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.alerting.evaluate.AffectedStore;
import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertMessage;
import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.alerting.evaluate.Mailed;
import io.tillpost.alerting.evaluate.Reading;
import io.tillpost.alerting.rule.Grouping;
import io.tillpost.alerting.rule.Severity;
import io.tillpost.message.MoneySum;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertDetailTest {
  private static final Instant NOW = Instant.parse("2026-11-29T10:15:00Z");

  private final AlertDetail detail = new AlertDetail(ZoneId.of("Europe/Dublin"));

  @Test
  void moreStoresThanAreNamedAreCounted() {
    detail.show(Optional.of(alert(14)));
    assertThat(words()).contains("0412 Cork · 1 message").endsWith("And 14 other stores");

    detail.show(Optional.of(alert(1)));
    assertThat(words()).endsWith("And 1 other store");
  }

  @Test
  void whereAllStoresAreNamedThereAreNoOthers() {
    detail.show(Optional.of(alert(0)));

    assertThat(words()).contains("0412 Cork").doesNotContain("other");
  }

  private String words() {
    return detail.getElement().getTextRecursively();
  }

  private static Alert alert(int furtherStores) {
    AffectedStore store = new AffectedStore("0412", "Cork", 1, MoneySum.NONE, null);
    return new Alert(
        Alert.idOf("Late sales", "West"),
        "Late sales",
        Grouping.REGION,
        "West",
        "West",
        Severity.WARNING,
        Map.of(),
        AlertPhase.FIRING,
        NOW,
        NOW,
        NOW,
        NOW,
        1,
        AlertPhase.PENDING,
        new Reading(1, MoneySum.NONE, null, null, null, List.of(store), furtherStores),
        List.of(),
        new AlertMessage("1 message", "", "", null),
        NOW,
        null,
        Mailed.NOTHING);
  }
}
