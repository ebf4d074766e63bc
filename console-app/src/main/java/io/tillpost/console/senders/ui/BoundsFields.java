package io.tillpost.console.senders.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import io.tillpost.store.IngestSender.Bounds;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of what a sender may send. */
final class BoundsFields {
  private static final int KILO = 1_000;

  private final TextField stores = new TextField("Only for the stores");
  private final NumberField events = new NumberField("Records a second");
  private final NumberField kilobytes = new NumberField("Kilobytes a second");

  BoundsFields(Bounds before) {
    stores.setPlaceholder("All stores");
    stores.setHelperText("Ids with commas between, like 0412, 0413. Empty: all stores.");
    stores.setValue(String.join(", ", before.stores()));
    for (NumberField field : List.of(events, kilobytes)) {
      field.setPlaceholder("No quota");
      field.setMin(0);
      field.setClearButtonVisible(true);
    }
    events.setHelperText("Events, log records and spans. Beyond it: come back later.");
    Long perSecond = before.eventsPerSecond();
    Long bytes = before.bytesPerSecond();
    events.setValue(perSecond == null ? null : perSecond.doubleValue());
    kilobytes.setValue(bytes == null ? null : bytes.doubleValue() / KILO);
  }

  Component[] all() {
    return new Component[] {stores, events, kilobytes};
  }

  Bounds bounds() {
    return new Bounds(
        Arrays.stream(stores.getValue().split("[,;\\s]+", -1)).filter(id -> !id.isEmpty()).toList(),
        whole(events.getValue(), 1),
        whole(kilobytes.getValue(), KILO));
  }

  private static @Nullable Long whole(@Nullable Double value, int factor) {
    return value == null ? null : Math.round(value * factor);
  }
}
