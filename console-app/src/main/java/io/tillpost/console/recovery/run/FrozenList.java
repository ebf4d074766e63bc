package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.ListHash;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Documents.Versioned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole list of an operation in brief: what names it, and a short entry for each item that is
 * still open, without its document. About 200 bytes an item, so that 100,000 are 20 MB.
 */
final class FrozenList {
  private final String hash;
  private final List<OpenItem> open;
  private final List<OpenItem> canary;

  private final int size;

  private FrozenList(String hash, int size, List<OpenItem> open, List<OpenItem> canary) {
    this.hash = hash;
    this.size = size;
    this.open = open;
    this.canary = canary;
  }

  /** Reads it, as search shows it, part by part. */
  static FrozenList of(RecoveryRecords records, String operationId) {
    ListHash hash = new ListHash();
    List<Line> lines = new ArrayList<>();
    Map<String, String> once = new HashMap<>();
    records.eachItem(
        operationId,
        part ->
            part.forEach(
                item -> {
                  hash.add(item.value());
                  lines.add(Line.of(item, once));
                }));
    lines.sort(Comparator.comparingInt(Line::position));
    Map<String, OpenItem> latestOfObject = new HashMap<>();
    List<OpenItem> open = new ArrayList<>();
    List<OpenItem> canary = new ArrayList<>();
    for (Line line : lines) {
      OpenItem before = line.object() == null ? null : latestOfObject.get(line.object());
      OpenItem item =
          new OpenItem(operationId, line.messageId(), line.target(), line.state(), before);
      // One that was left out of the list does not end the wait for the one before it.
      if (line.object() != null && (item.open() || before == null || !before.open())) {
        latestOfObject.put(line.object(), item);
      }
      if (line.canary() != null) {
        item.now(line.canary());
        canary.add(item);
      }
      if (item.open()) {
        open.add(item);
      }
    }
    return new FrozenList(hash.value(), lines.size(), open, canary);
  }

  /** How many items it has, as search shows it. */
  int size() {
    return size;
  }

  /** {@link ListHash} of all its items. */
  String hash() {
    return hash;
  }

  /** Those that were open, in the order of the list. */
  List<OpenItem> open() {
    return open;
  }

  /** Those that go first, whether open or not; they know their documents. */
  List<OpenItem> canary() {
    return canary;
  }

  /**
   * What is kept of an item until the order of all is known.
   *
   * @param canary the item, where it is one of those that go first
   */
  private record Line(
      int position,
      String messageId,
      String target,
      ItemState state,
      @Nullable String object,
      @Nullable Versioned<RecoveryItem> canary) {
    /**
     * @param once texts that many items share, each once
     */
    static Line of(Versioned<RecoveryItem> item, Map<String, String> once) {
      RecoveryItem value = item.value();
      return new Line(
          value.position(),
          value.messageId(),
          once.computeIfAbsent(value.message().targetName(), name -> name),
          value.state(),
          value.message().objectKey(),
          value.canary() ? item : null);
    }
  }
}
