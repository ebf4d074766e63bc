package io.tillpost.console.recovery;

import io.tillpost.recovery.FieldChange;
import java.util.List;
import java.util.Map;

/** What a correction of a payload comes to. */
public sealed interface Correction {
  /**
   * It can be sent.
   *
   * @param body the corrected text
   * @param changes what differs from the original; at least one
   */
  record Valid(String contentType, String body, List<FieldChange> changes) implements Correction {}

  /**
   * It cannot be sent.
   *
   * @param faults why, as sentences by the path of the field; an empty path for the whole text
   */
  record Invalid(Map<String, String> faults) implements Correction {
    public Invalid {
      faults = Map.copyOf(faults);
    }

    /** Something is wrong with the whole text. */
    static Invalid whole(String why) {
      return new Invalid(Map.of("", why));
    }

    /** All of it in one sentence, fields by name. */
    public String words() {
      return faults.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(f -> f.getKey().isEmpty() ? f.getValue() : f.getKey() + ": " + f.getValue())
          .reduce((a, b) -> a + "; " + b)
          .orElse("");
    }
  }
}
