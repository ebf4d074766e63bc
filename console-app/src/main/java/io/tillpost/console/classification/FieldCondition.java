package io.tillpost.console.classification;

import io.tillpost.console.text.Glob;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the value of a field.
 *
 * @param path where it stands; where that is several places, one of them is enough
 * @param values any of these
 */
record FieldCondition(FieldPath path, List<Glob> values) {
  FieldCondition {
    values = List.copyOf(values);
  }

  /** The first value that is like that. */
  Optional<FieldValue> match(FieldValues payload) {
    return payload.at(path).stream()
        .filter(value -> values.stream().anyMatch(pattern -> pattern.matches(value.text())))
        .findFirst();
  }
}
