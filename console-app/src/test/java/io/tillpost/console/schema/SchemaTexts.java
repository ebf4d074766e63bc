package io.tillpost.console.schema;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Schemas as text, and what they say of payloads, for the tests of each format. */
final class SchemaTexts {
  private SchemaTexts() {}

  /** Reads the schemas of a format. */
  interface Format {
    PayloadSchema read(String file, byte[] text) throws UnusableSchema;
  }

  /** A schema that can be used. */
  static PayloadSchema schema(Format format, String file, String text) {
    try {
      return format.read(file, bytes(text));
    } catch (UnusableSchema e) {
      throw new AssertionError(e);
    }
  }

  /** All that the schema has against the payload, which it checks to its end. */
  static List<SchemaFault> faults(PayloadSchema schema, String body) {
    return ((SchemaVerdict.Checked) schema.check(body)).faults();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
