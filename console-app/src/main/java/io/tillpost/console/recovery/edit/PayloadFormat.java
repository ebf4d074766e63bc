package io.tillpost.console.recovery.edit;

import io.tillpost.console.schema.SchemaHint;
import io.tillpost.console.schema.SchemaKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A form of text that has fields: JSON or XML. */
sealed interface PayloadFormat permits JsonFormat, XmlFormat {

  /** The format of a content type; empty where its fields cannot be told apart. */
  static Optional<PayloadFormat> of(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (type.equals("application/json") || type.endsWith("+json")) {
      return Optional.of(new JsonFormat());
    }
    return type.equals("application/xml") || type.equals("text/xml") || type.endsWith("+xml")
        ? Optional.of(new XmlFormat())
        : Optional.empty();
  }

  /** Which schemas are for it. */
  SchemaKind kind();

  /** Every value with its path, in the order of the text, or what is wrong with the text. */
  Reading read(String body);

  /**
   * The text with these values in place of those at their paths, or which of them does not fit.
   *
   * @param body that can be read
   * @param hints what a schema says about fields, by path: a value becomes what is asked for there
   */
  Writing write(String body, Map<String, String> values, Map<String, SchemaHint> hints);

  /**
   * The line of each field in the text, from 1; those that cannot be told are left out.
   *
   * @param body that can be read
   */
  Map<String, Integer> lines(String body);

  /** What kind of value a field has. */
  enum Kind {
    TEXT,
    NUMBER,
    TRUTH,
    /** {@code null}. */
    NOTHING,
    /** Not a single value: an empty object or list, or text between elements. */
    OTHER
  }

  /** One value as text. */
  record Value(Kind kind, String text) {}

  /** What was read. */
  sealed interface Reading {
    /** By path. */
    record Fields(SequencedMap<String, Value> values) implements Reading {}

    /** The text is not what it should be; in words. */
    record Broken(String words) implements Reading {}
  }

  /** What was written. */
  sealed interface Writing {
    /** All of it fits. */
    record Text(String body) implements Writing {}

    /** Values that do not fit: why, by path. */
    record Misfits(Map<String, String> faults) implements Writing {}
  }
}
