package io.tillpost.console.classification;

import io.tillpost.message.Payload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads what stands at some paths of a payload, JSON or XML, whoever wrote it: in one pass, without
 * building it up in memory, to a bounded depth, and never anything but the text itself. What is
 * broken, nested deeper, or has a document type has no fields.
 */
final class PayloadFields {
  /** So many characters of a value are looked at. */
  static final int LONGEST_VALUE = 500;

  /** So many values of a path are looked at. */
  static final int MOST_VALUES = 200;

  /** So many characters of the values of a path are kept, and of where they stand. */
  private static final int MOST_CHARACTERS = 20_000;

  /** Nested deeper than that is no business document. */
  static final int DEEPEST = 100;

  private PayloadFields() {}

  static FieldValues read(Payload payload, Collection<FieldPath> paths) {
    String type = payload.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (payload.base64() || paths.isEmpty()) {
      return FieldValues.NONE;
    }
    if (type.equals("application/json") || type.endsWith("+json")) {
      return JsonFields.read(
          payload.body(), new Found(paths.stream().filter(p -> !p.xml()).toList()));
    }
    return type.equals("application/xml") || type.equals("text/xml") || type.endsWith("+xml")
        ? XmlFields.read(payload.body(), new Found(paths))
        : FieldValues.NONE;
  }

  /** Gathers what is found, as far as it is kept. */
  static final class Found {
    private final Map<FieldPath, List<FieldValue>> values = new HashMap<>();

    /** For each path its own: what one rule finds must not depend on what others ask for. */
    private final Map<FieldPath, Integer> characters = new HashMap<>();

    private final List<FieldPath> paths;

    Found(Collection<FieldPath> paths) {
      this.paths = List.copyOf(paths);
    }

    List<FieldPath> paths() {
      return paths;
    }

    void add(FieldPath path, String place, String text) {
      List<FieldValue> known = values.computeIfAbsent(path, _ -> new ArrayList<>());
      if (known.size() < MOST_VALUES && characters.getOrDefault(path, 0) < MOST_CHARACTERS) {
        String kept = text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) : text;
        characters.merge(path, place.length() + kept.length(), Integer::sum);
        known.add(new FieldValue(place, kept));
      }
    }

    FieldValues values() {
      return new FieldValues(values);
    }
  }
}
