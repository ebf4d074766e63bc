package io.tillpost.console.recovery;

import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Documents.Versioned;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The items of a running operation, in the order of the list. For one thread. */
final class OpenItems {
  private final List<OpenItem> canary = new ArrayList<>();
  private final List<OpenItem> open = new ArrayList<>();

  /**
   * @param items all of the operation, in the order of the list
   */
  OpenItems(Collection<Versioned<RecoveryItem>> items) {
    Map<String, OpenItem> latestOfObject = new HashMap<>();
    for (Versioned<RecoveryItem> item : items) {
      String object = item.value().message().objectKey();
      OpenItem one = new OpenItem(item, object == null ? null : latestOfObject.get(object));
      if (object != null) {
        latestOfObject.put(object, one);
      }
      if (item.value().canary()) {
        canary.add(one);
      }
      if (one.open()) {
        open.add(one);
      }
    }
  }

  /** Those that are still open; forgets those that have come to their outcome. */
  List<OpenItem> open() {
    open.removeIf(item -> !item.open());
    return open;
  }

  /** Those that go first, whether open or not. */
  List<OpenItem> canary() {
    return canary;
  }
}
