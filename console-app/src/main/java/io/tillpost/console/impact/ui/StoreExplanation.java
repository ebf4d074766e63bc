package io.tillpost.console.impact.ui;

import io.tillpost.console.impact.StoreImpact;
import io.tillpost.console.text.AgeText;
import io.tillpost.console.text.MoneyText;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** What a cell of the heat map says of its store. */
final class StoreExplanation {
  private StoreExplanation() {}

  static String of(StoreImpact store, Instant now) {
    String heading = store.storeId() + " " + store.name() + ", " + store.region();
    if (store.oldestAt() == null) {
      return heading + "\nNothing is stuck";
    }
    String workflows =
        store.byWorkflow().entrySet().stream()
            .map(e -> "%s: %,d".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining("\n"));
    return heading
        + "\n%,d stuck, %s, oldest %s"
            .formatted(
                store.messages(),
                MoneyText.of(store.money()),
                AgeText.of(Duration.between(store.oldestAt(), now)))
        + "\n%,d still at the store, %,d failed".formatted(store.atStore(), store.failed())
        + "\n"
        + workflows;
  }
}
