package io.tillpost.console.classification;

import java.util.List;
import java.util.Map;

/**
 * What stands in one payload at the paths that rules ask for. So much is kept of it as {@link
 * PayloadFields} says.
 *
 * @param byPath in the order of the payload; a path that leads nowhere is not in it
 */
record FieldValues(Map<FieldPath, List<FieldValue>> byPath) {
  /** There is no payload, or it has no fields. */
  static final FieldValues NONE = new FieldValues(Map.of());

  FieldValues {
    byPath = Map.copyOf(byPath);
  }

  List<FieldValue> at(FieldPath path) {
    return byPath.getOrDefault(path, List.of());
  }

  /** How many characters it takes, about. */
  int length() {
    return byPath.values().stream()
        .flatMap(List::stream)
        .mapToInt(value -> value.path().length() + value.text().length())
        .sum();
  }
}
