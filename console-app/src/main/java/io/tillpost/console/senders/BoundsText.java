package io.tillpost.console.senders;

import io.tillpost.console.text.CountText;
import io.tillpost.store.IngestSender.Bounds;
import java.util.ArrayList;
import java.util.List;

/** What a sender may send, in words. */
public final class BoundsText {
  private static final int STORES_SHOWN = 5;

  private BoundsText() {}

  /** Like {@code store 0412, 50 events/s, any number of bytes}. */
  public static String of(Bounds bounds) {
    List<String> parts = new ArrayList<>();
    parts.add(stores(bounds.stores()));
    if (bounds.eventsPerSecond() == null && bounds.bytesPerSecond() == null) {
      parts.add("no quota");
    }
    if (bounds.eventsPerSecond() != null) {
      parts.add(CountText.of(bounds.eventsPerSecond(), "record/s", "records/s"));
    }
    if (bounds.bytesPerSecond() != null) {
      parts.add(CountText.of(bounds.bytesPerSecond(), "byte/s", "bytes/s"));
    }
    return String.join(", ", parts);
  }

  private static String stores(List<String> stores) {
    if (stores.isEmpty()) {
      return "all stores";
    }
    String first = String.join(", ", stores.subList(0, Math.min(STORES_SHOWN, stores.size())));
    int more = stores.size() - STORES_SHOWN;
    return (stores.size() == 1 ? "store " : "stores ")
        + first
        + (more > 0 ? " and " + more + " more" : "");
  }
}
