package io.tillpost.console.recovery.edit;

import io.tillpost.recovery.FieldChange;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a correction of a payload comes to. */
public sealed interface Correction {
  /**
   * It can be sent.
   *
   * @param body the corrected text
   * @param changes what differs from the original; at least one
   * @param warnings where it breaks its schema as the original does already, as sentences by the
   *     path of the field; an empty path for the whole text
   */
  record Valid(
      String contentType, String body, List<FieldChange> changes, Map<String, String> warnings)
      implements Correction {
    public Valid {
      changes = List.copyOf(changes);
      warnings = Map.copyOf(warnings);
    }

    /** All warnings in one sentence, fields by name; empty where there are none. */
    public String warning() {
      return warnings.isEmpty()
          ? ""
          : "The original breaks the schema already, which does not hold this up: "
              + Correction.words(warnings);
    }
  }

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
      return Correction.words(faults);
    }
  }

  /**
   * Whether it can be sent is not known, so it is not: it could not be checked against its schema.
   * That says nothing about what was corrected.
   *
   * @param why and what to do, as sentences
   * @param changes what differs from the original; at least one
   */
  record NotChecked(String why, List<FieldChange> changes) implements Correction {
    public NotChecked {
      changes = List.copyOf(changes);
    }

    /** All of it in words. */
    public String words() {
      return "This could not be checked, so it cannot be sent; nothing is said against what you changed. "
          + why;
    }
  }

  /** All of these in one sentence, fields by name; of very many the first. */
  static String words(Map<String, String> faults) {
    int most = 20;
    String first =
        faults.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .limit(most)
            .map(f -> f.getKey().isEmpty() ? f.getValue() : f.getKey() + ": " + f.getValue())
            .collect(Collectors.joining("; "));
    return faults.size() > most ? first + "; and %,d more".formatted(faults.size() - most) : first;
  }
}
