package io.tillpost.console.recovery;

import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryOperation;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * An operation and how many of its messages came to which outcome, as asked just now.
 *
 * @param operation the operation
 * @param counts by state; states without a message are left out
 */
public record OperationProgress(RecoveryOperation operation, Map<ItemState, Long> counts) {
  public OperationProgress {
    counts = counts.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(counts));
  }

  /** How many are in that state. */
  public long count(ItemState state) {
    return counts.getOrDefault(state, 0L);
  }

  /** How many came to an outcome, whichever. */
  public long ended() {
    return counts.entrySet().stream()
        .filter(e -> !e.getKey().open())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
