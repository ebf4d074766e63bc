package io.tillpost.console.schema;

import java.util.Map;

/** A schema of payloads. Checking takes bounded time, whatever schema and payload are like. */
public sealed interface PayloadSchema permits JsonPayloadSchema, XmlPayloadSchema {
  /** The name of its file, without folders. */
  String name();

  /** For which payloads. */
  SchemaKind kind();

  /**
   * Where a payload breaks it.
   *
   * @param body well-formed text of its kind
   */
  SchemaVerdict check(String body);

  /**
   * What it says about the fields of a payload, by their paths; fields that it says nothing about
   * are left out.
   *
   * @param body well-formed text of its kind
   */
  Map<String, SchemaHint> hints(String body);
}
