package io.tillpost.console.recovery.operation;

import io.tillpost.recovery.FieldChange;
import java.util.List;

/**
 * What an operation changes in the payload of one message; nothing else of the payload.
 *
 * @param attempt that the corrected payload goes with
 */
public record Differences(String messageId, int attempt, List<FieldChange> changes) {
  public Differences {
    changes = List.copyOf(changes);
  }
}
