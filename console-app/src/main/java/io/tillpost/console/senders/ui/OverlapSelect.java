package io.tillpost.console.senders.ui;

import com.vaadin.flow.component.select.Select;
import io.tillpost.console.text.AgeText;
import java.time.Duration;
import java.util.List;

/** How long what is replaced goes on; a day unless somebody chooses otherwise. */
final class OverlapSelect {
  private static final List<Duration> OVERLAPS =
      List.of(
          Duration.ZERO,
          Duration.ofHours(1),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(30));

  private OverlapSelect() {}

  static Select<Duration> of(String label) {
    Select<Duration> overlap = new Select<>();
    overlap.setLabel(label);
    overlap.setItems(OVERLAPS);
    overlap.setItemLabelGenerator(
        length -> length.isZero() ? "No time: it ends at once" : AgeText.of(length));
    overlap.setValue(Duration.ofDays(1));
    return overlap;
  }
}
