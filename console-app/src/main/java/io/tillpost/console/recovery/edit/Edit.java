package io.tillpost.console.recovery.edit;

import java.util.Map;

/** How somebody corrects a payload. */
public sealed interface Edit {
  /** The whole text anew. */
  record Text(String body) implements Edit {}

  /** Values by the paths of their fields; fields that are not named stay as they are. */
  record Fields(Map<String, String> values) implements Edit {
    public Fields {
      values = Map.copyOf(values);
    }
  }
}
